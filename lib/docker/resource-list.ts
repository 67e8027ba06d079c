/** How a list is looked at; all of it lives in the URL. `filter` is one of the list's chips. */
export interface ListView<Sort extends string, Filter extends string> {
  query: string
  filter: Filter | null
  sort: Sort
  isDescending: boolean
}

/** What a list must know about its rows to filter and sort them. */
export interface ListRules<Item, Sort extends string, Filter extends string> {
  /** Everything a query may find, lower or upper case. */
  words: (item: Item) => readonly string[]
  isIn: (item: Item, filter: Filter) => boolean
  /** What a row is sorted by: numbers before text, null last whichever way round. */
  keyOf: (item: Item, sort: Sort) => string | number | null
  /** Breaks ties, so that rows never swap places by themselves. */
  nameOf: (item: Item) => string
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** The rows of a view: every word of the query must be found, the chip must fit, then sorted. */
export function viewList<Item, Sort extends string, Filter extends string>(
  items: readonly Item[],
  view: ListView<Sort, Filter>,
  rules: ListRules<Item, Sort, Filter>,
): Item[] {
  const wanted = view.query.toLowerCase().split(/\s+/).filter(Boolean)
  const { filter } = view
  return items
    .filter((item) => {
      if (filter !== null && !rules.isIn(item, filter)) return false
      if (wanted.length === 0) return true
      const words = rules.words(item).map((word) => word.toLowerCase())
      return wanted.every((want) => words.some((word) => word.includes(want)))
    })
    .map((item) => ({ item, key: rules.keyOf(item, view.sort), name: rules.nameOf(item) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null)
        return Number(a.key === null) - Number(b.key === null) || collator.compare(a.name, b.name)
      const order = compare(a.key, b.key)
      return (view.isDescending ? -order : order) || collator.compare(a.name, b.name)
    })
    .map(({ item }) => item)
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b))
}

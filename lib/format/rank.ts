/** How well a text answers a query, higher is better; 0 when a word of it is missing. Word starts count more than middles. */
export function rank(text: string, query: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const haystack = text.toLowerCase()
  let score = 1
  for (const word of words) {
    const at = haystack.indexOf(word)
    if (at === -1) return 0
    const isStart = at === 0 || !/[a-z0-9]/.test(haystack[at - 1] ?? '')
    score += (at === 0 ? 8 : isStart ? 4 : 1) + word.length / haystack.length
  }
  return score
}

/** The items that answer the query, best first, equal ones in their own order, at most `limit`. */
export function bestOf<Item>(
  items: readonly Item[],
  query: string,
  textOf: (item: Item) => string,
  limit: number,
): Item[] {
  return items
    .map((item) => ({ item, score: rank(textOf(item), query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item)
}

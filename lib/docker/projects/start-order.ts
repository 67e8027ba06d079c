/** A name and the names that must come before it. */
export interface Ordered {
  name: string
  after: readonly string[]
}

/**
 * Groups names so that each group needs only groups before it: the order to start in, reversed the order to stop in.
 * Unknown names are ignored; a circle, which Compose itself refuses, is broken by taking what is left as one group.
 */
export function startOrder(items: readonly Ordered[]): string[][] {
  const left = new Map(items.map(({ name, after }) => [name, after]))
  const groups: string[][] = []
  while (left.size > 0) {
    const free = [...left].filter(([name, after]) =>
      after.every((other) => other === name || !left.has(other)),
    )
    const group = (free.length > 0 ? free : [...left]).map(([name]) => name).sort()
    for (const name of group) left.delete(name)
    groups.push(group)
  }
  return groups
}

/** From the bottom of a bar up: what is least serious first. Pairs of level (an index of `levels`) and fill. */
export const barColors: readonly (readonly [level: number, fill: string])[] = [
  [0, 'var(--line-strong)'],
  [1, 'var(--line-strong)'],
  [2, 'var(--idle)'],
  [3, 'var(--s1)'],
  [4, 'var(--warn)'],
  [5, 'var(--bad)'],
  [6, 'var(--bad)'],
]

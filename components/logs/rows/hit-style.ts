/** How each pattern's places look: what is searched, then the highlights, told apart by their line as well as their colour. */
const styles = [
  'bg-warn-soft text-warn',
  'bg-s1/20 underline decoration-s1 decoration-2 decoration-solid underline-offset-2',
  'bg-s2/20 underline decoration-s2 decoration-2 decoration-dotted underline-offset-2',
  'bg-s3/20 underline decoration-s3 decoration-2 decoration-dashed underline-offset-2',
  'bg-s4/20 underline decoration-s4 decoration-double underline-offset-2',
  'bg-s5/20 underline decoration-s5 decoration-wavy underline-offset-2',
] as const

export function hitStyle(index: number): string {
  return styles[index] ?? styles[0]
}

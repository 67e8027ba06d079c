/** A place in a file of a project; lines count from 1. */
export interface FileLine {
  path: string
  line: number
}

/** The lines of these compose files that use the variable, as `$NAME` or in braces. */
export function usesOf(name: string, files: readonly { path: string; text: string }[]): FileLine[] {
  const pattern = new RegExp(`(?<!\\$)\\$(?:\\{${name}\\b|${name}\\b)`)
  return files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [{ path, line: index + 1 }] : [])),
  )
}

/** A variable that Compose finds no value for. */
export interface MissingVariable {
  name: string
  /** Compose refuses the files for it; else it goes on with an empty text. */
  isRequired: boolean
  /** What the author of the files asks for, from `${NAME:?this}`; often empty. */
  wish: string
}

/** Reads Compose's own words about it; null for every other message. */
export function readMissing(said: string): MissingVariable | null {
  const [, required, wish = ''] = /required variable (\S+) is missing a value(?:: (.*))?/.exec(said) ?? []
  if (required !== undefined) return { name: required, isRequired: true, wish }
  const name = /^(?:warning: )?The "([^"]+)" variable is not set/.exec(said)?.[1]
  return name === undefined ? null : { name, isRequired: false, wish: '' }
}

/** In half a sentence for the end of a job: "MODE and LEVEL are not set, so they are empty"; empty when nothing is missing. */
export function emptyWords(said: readonly string[]): string {
  const names = [...new Set(said.flatMap((line) => readMissing(line)?.name ?? []))]
  if (names.length === 0) return ''
  const listed = [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ')
  return names.length === 1
    ? `${listed} is not set, so it is empty`
    : `${listed} are not set, so they are empty`
}

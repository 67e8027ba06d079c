/** What is wrong with the name of a new volume, in words for its field, or null. The Engine's own grammar. */
export function volumeNameProblem(name: string, taken: readonly string[]): string | null {
  if (name === '') return 'Write a name, for example shop_data.'
  if (name.length < 2) return 'A name has at least two characters.'
  if (name.length > 255) return 'A name has at most 255 characters.'
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(name))
    return name.includes('/')
      ? 'A volume has a name, not a path: a folder of this machine is a bind mount.'
      : 'Use letters, digits, _ . and -, beginning with a letter or digit.'
  return taken.includes(name) ? `A volume named ${name} exists already.` : null
}

/** What is wrong with a volume driver's name, or null. */
export function volumeDriverProblem(driver: string): string | null {
  return /^[a-zA-Z0-9][a-zA-Z0-9_./:-]{0,127}$/.test(driver) ? null : 'Write a driver, for example local.'
}

/** Labels as people type them, one `key=value` a line. */
export function readLabels(text: string): { labels: Record<string, string> } | { problem: string } {
  const labels: Record<string, string> = {}
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue
    const equals = line.indexOf('=')
    const key = equals < 0 ? line : line.slice(0, equals).trim()
    const problem = labelKeyProblem(key)
    if (problem) return { problem }
    if (Object.hasOwn(labels, key)) return { problem: `The label ${key} stands there twice.` }
    Object.defineProperty(labels, key, { value: equals < 0 ? '' : line.slice(equals + 1), enumerable: true })
  }
  return { labels }
}

/** What is wrong with a label's key, or null. Docker's own prefixes are refused: they would claim a project that is not there. */
export function labelKeyProblem(key: string): string | null {
  if (key === '') return 'A label needs a key before the equals sign.'
  if (key.length > 255) return 'A label key has at most 255 characters.'
  if (/[\s\p{C}]/u.test(key)) return `The label key "${key}" has a space in it.`
  return /^(com\.docker|io\.docker|org\.dockerproject)\./.test(key)
    ? `${key}: this prefix belongs to Docker and Compose.`
    : null
}

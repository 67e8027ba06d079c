const reserved = ['bridge', 'host', 'none', 'default', 'container']
const namePattern = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/

/** What is wrong with the name of a new network, in words for its field, or null. Stricter than the Engine, so that Compose and DNS take it too. */
export function networkNameProblem(name: string, taken: readonly string[]): string | null {
  if (name === '') return 'Write a name, for example shop_backend.'
  if (name.length > 128) return 'A name has at most 128 characters.'
  if (!namePattern.test(name)) return 'Use letters, digits, _ . and -, beginning with a letter or digit.'
  if (/^[a-f0-9]{64}$/.test(name)) return 'A name of 64 hex digits would look like a network id.'
  if (reserved.includes(name)) return `"${name}" is Docker's own word: choose another.`
  return taken.includes(name) ? `A network named ${name} exists already.` : null
}

/** What is wrong with an extra DNS name of a container in a network, or null. */
export function networkAliasProblem(alias: string): string | null {
  if (alias.length > 63) return 'A DNS name has at most 63 characters between dots.'
  return /^[a-zA-Z0-9]([a-zA-Z0-9_-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9_-]*[a-zA-Z0-9])?)*$/.test(alias)
    ? null
    : `"${alias}" is not a DNS name: letters, digits and - between dots.`
}

/** Aliases as people type them, separated by commas or spaces. */
export function readAliases(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter(Boolean))]
}

/** What is wrong with the interface of the machine a macvlan or ipvlan network hangs on, or null. Empty is fine. */
export function parentInterfaceProblem(name: string): string | null {
  return name === '' || /^[a-zA-Z0-9][a-zA-Z0-9_.@-]{0,31}$/.test(name)
    ? null
    : 'Write the name of a network interface, for example eth0 or eth0.20.'
}

/** What is wrong with a new container name, by Docker's own grammar and the names in use; null when it is fine. */
export function containerNameProblem(name: string, taken: readonly string[]): string | null {
  if (name === '') return 'A container needs a name.'
  if (name.length < 2) return 'At least two characters.'
  if (!/^[a-zA-Z0-9]/.test(name)) return 'Start with a letter or a digit.'
  const bad = /[^a-zA-Z0-9_.-]/u.exec(name)?.[0]
  if (bad !== undefined)
    return `${bad === ' ' ? 'Spaces are' : `“${bad}” is`} not allowed: only letters, digits, _ . and -`
  return taken.includes(name) ? 'Another container has this name.' : null
}

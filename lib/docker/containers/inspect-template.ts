const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/

/**
 * The Go template that makes `docker inspect --format` print exactly this place of the document:
 * `{{json .State.Health}}`, `{{json (index .Config.Labels "com.example.team")}}`.
 * Keys that are no plain Go names, and array positions, need `index`.
 */
export function inspectTemplate(path: readonly (string | number)[]): string {
  let expression = ''
  for (const key of path) {
    if (typeof key === 'string' && plainName.test(key)) {
      expression = `${expression}.${key}`
    } else {
      const argument = typeof key === 'number' ? String(key) : JSON.stringify(key)
      expression = `(index ${expression === '' ? '.' : expression} ${argument})`
    }
  }
  return `{{json ${expression === '' ? '.' : expression}}}`
}

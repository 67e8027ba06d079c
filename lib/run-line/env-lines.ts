import type { Pair } from '../run/run-spec.ts'

/**
 * Variables or labels as people paste them: `KEY=VALUE` a line, `#` comments, `export KEY=...`, values in quotes. A value with line ends stands
 * in double quotes with `\n`, as JSON writes it.
 */
export function readPairs(text: string): { pairs: Pair[]; problem: string | null } {
  const pairs: Pair[] = []
  let problem: string | null = null
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trimStart().replace(/^export\s+(?=[A-Za-z_])/, '')
    if (line === '' || line.startsWith('#')) continue
    const equals = line.indexOf('=')
    const name = (equals < 0 ? line : line.slice(0, equals)).trim()
    if (equals < 0)
      problem ??= `Line ${index + 1}: “${line.slice(0, 60)}” has no equals sign: write ${name.slice(0, 40)}=value.`
    else if (name === '') problem ??= `Line ${index + 1}: a name is missing before the equals sign.`
    else if (/\s/.test(name))
      problem ??= `Line ${index + 1}: the name “${name.slice(0, 60)}” has a space in it.`
    else if (name.includes('\0') || line.includes('\0')) problem ??= `Line ${index + 1} has a NUL in it.`
    else pairs.push({ name, value: readValue(line.slice(equals + 1)) })
  }
  return { pairs, problem }
}

function readValue(text: string): string {
  const trimmed = text.trim()
  if (trimmed.length > 1 && trimmed.startsWith("'") && trimmed.endsWith("'")) return trimmed.slice(1, -1)
  if (!trimmed.startsWith('"') || !trimmed.endsWith('"') || trimmed.length < 2) return text
  try {
    const value: unknown = JSON.parse(trimmed)
    return typeof value === 'string' ? value : text
  } catch {
    return trimmed.slice(1, -1)
  }
}

/** The same pairs as lines that `readPairs` reads back. */
export function printPairs(pairs: readonly Pair[]): string {
  return pairs.map(({ name, value }) => `${name}=${printValue(value)}`).join('\n')
}

function printValue(value: string): string {
  const isPlain = !/[\n\r]/.test(value) && !/^\s*["']/.test(value)
  return isPlain ? value : JSON.stringify(value)
}

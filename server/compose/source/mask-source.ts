import 'server-only'
import { isMap, isPair, isScalar, parseDocument, type Scalar, visit } from 'yaml'
import { readEnvFile } from '#lib/compose/variables/env-file'
import { isSecretName, mask, maskCommand, maskValue } from '#lib/docker/secrets/secret-text'

interface Masked {
  text: string
  isMasked: boolean
  /** What was hidden, to be hidden elsewhere too. Never leaves the server. */
  secrets: string[]
}

/**
 * Hides values in a compose file and leaves every other character where it is: those of secret names, `NAME=value` in lists, and
 * passwords in URLs. References like `${DB_PASSWORD}` stay readable. A text that is no YAML is hidden line by line.
 */
export function maskCompose(text: string): Masked {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent', merge: true })
  if (document.errors.length > 0) return { ...maskLines(text), secrets: [] }
  const hidden: { from: number; to: number; value: string; shown: string }[] = []
  const hide = (scalar: Scalar, name: string): void => {
    const { range, value } = scalar
    if (!range || (typeof value !== 'string' && typeof value !== 'number')) return
    const plain = String(value)
    const shown = shownValue(name, plain)
    if (shown !== plain) hidden.push({ from: range[0], to: range[1], value: plain, shown })
  }
  visit(document, {
    Pair: (_key, pair) => {
      if (isScalar(pair.value)) hide(pair.value, isScalar(pair.key) ? String(pair.key.value) : '')
    },
    Scalar: (key, scalar, path) => {
      const parent = path.at(-1)
      if (key !== 'key' && !isPair(parent) && !isMap(parent)) hide(scalar, '')
    },
  })
  let result = text
  for (const { from, to, shown } of hidden.toSorted((a, b) => b.from - a.from))
    result = result.slice(0, from) + quoteLike(text.slice(from, to), shown) + result.slice(to)
  return { text: result, isMasked: hidden.length > 0, secrets: hidden.flatMap(secretsIn) }
}

/** The same for an env file: names, comments and order stay. */
export function maskEnvFile(text: string): Masked {
  const secrets: string[] = []
  const lines = text.split('\n')
  for (const { name, value, line } of readEnvFile(text)) {
    const shown = maskValue(name, value)
    if (!shown.isMasked) continue
    secrets.push(...secretsIn({ value, shown: shown.value }))
    const raw = lines[line - 1] ?? ''
    lines[line - 1] = `${raw.slice(0, raw.indexOf('=') + 1)}${shown.value}`
  }
  return { text: lines.join('\n'), isMasked: secrets.length > 0, secrets }
}

function shownValue(name: string, value: string): string {
  // A reference says where the secret is, not what it is; its default would.
  if (/^\$\{[^}:]*(?:[?:][^-][^}]*)?\}$|^\$[A-Za-z_]\w*$/.test(value)) return value
  if (isSecretName(name) && !/^\$\{[^}]*\}$/.test(value)) return maskValue(name, value).value
  if (isSecretName(name)) return value.replace(/(:?-)[^}]+\}$/, `$1${mask}}`)
  return maskCommand(value)
}

/** The parts of `value` that `shown` hides. */
function secretsIn({ value, shown }: { value: string; shown: string }): string[] {
  const parts = shown.split(mask)
  if (parts.length === 1) return []
  const secrets: string[] = []
  let at = parts[0]?.length ?? 0
  for (const part of parts.slice(1)) {
    const end = part === '' ? value.length : value.indexOf(part, at)
    if (end < 0) break
    secrets.push(value.slice(at, end))
    at = end + part.length
  }
  return secrets.filter((secret) => !secret.includes('${'))
}

function quoteLike(raw: string, shown: string): string {
  const quote = raw[0]
  return quote === '"' || quote === "'" ? `${quote}${shown}${quote}` : shown
}

function maskLines(text: string): { text: string; isMasked: boolean } {
  const masked = text
    .split('\n')
    .map((line) => {
      const [, head = '', name = '', between = '', value = ''] =
        /^(\s*(?:-\s*)?["']?)([A-Za-z_][\w.-]*)(["']?\s*[:=]\s*)(.+)$/.exec(line) ?? []
      return value === '' ? line : `${head}${name}${between}${shownValue(name, value)}`
    })
    .join('\n')
  return { text: masked, isMasked: masked !== text }
}

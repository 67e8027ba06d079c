import { isSecretName, maskCommand, maskKnownValues, maskValue } from './secret-text.ts'
import type { MaskedValue } from '../containers/container-detail.ts'

/** `NAME=value` pairs as the page may show them. */
export function maskEnvironment(entries: readonly string[]): MaskedValue[] {
  return entries.map((entry) => {
    const at = entry.indexOf('=')
    const name = at === -1 ? entry : entry.slice(0, at)
    return { name, ...maskValue(name, at === -1 ? '' : entry.slice(at + 1)) }
  })
}

/** Labels as the page may show them, by name. */
export function maskLabels(labels: Readonly<Record<string, string>>): MaskedValue[] {
  return Object.entries(labels)
    .map(([name, value]) => ({ name, ...maskValue(name, value) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The raw values that must not leave the server: of secret variables and labels, and passwords inside URLs. */
export function secretValues(
  environment: readonly string[],
  labels: Readonly<Record<string, string>>,
): string[] {
  const pairs = [...environment.map(splitPair), ...Object.entries(labels)]
  return pairs.flatMap(([name, value]) => {
    if (isSecretName(name) && value !== '') return [value]
    return [...value.matchAll(/:\/\/[^\s:/@'"]{0,256}:([^\s@'"]{1,1024})@/g)].map((match) => match[1] ?? '')
  })
}

function splitPair(entry: string): [string, string] {
  const at = entry.indexOf('=')
  return at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
}

/** A copy of a JSON document without secrets: known values anywhere, secret names' values, passwords in URLs and commands. */
export function maskDocument(value: unknown, secrets: readonly string[], name = ''): unknown {
  if (typeof value === 'string') {
    const { value: masked } = maskValue(name, value)
    return maskKnownValues(maskCommand(masked), secrets)
  }
  if (Array.isArray(value)) return value.map((item) => maskDocument(item, secrets))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      maskKnownValues(key, secrets),
      maskDocument(item, secrets, typeof item === 'string' ? key : ''),
    ]),
  )
}

const units: Readonly<Record<string, number>> = {
  '': 1,
  k: 2 ** 10,
  m: 2 ** 20,
  g: 2 ** 30,
  t: 2 ** 40,
  p: 2 ** 50,
}

/** Bytes of a size as Docker reads it: `512m`, `1.5g`, `64MiB`, `1000`; binary units. Null when it is none. */
export function readBytes(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?) ?([kmgtp]?)(?:i?b)?$/i.exec(text.trim())
  const unit = match ? units[match[2]?.toLowerCase() ?? ''] : undefined
  return match && unit !== undefined ? Math.floor(Number(match[1]) * unit) : null
}

/** Bytes as Docker reads them back: `512m`, `1536m`, `1000`. */
export function printBytes(bytes: number): string {
  for (const [unit, size] of [
    ['g', 2 ** 30],
    ['m', 2 ** 20],
    ['k', 2 ** 10],
  ] as const)
    if (bytes > 0 && bytes % size === 0) return `${bytes / size}${unit}`
  return String(bytes)
}

const durationUnits: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
}

/** Nanoseconds of a duration as Docker reads it: `30s`, `1m30s`, `500ms`. Null when it is none. */
export function readDuration(text: string): number | null {
  if (text === '0') return 0
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)) return null
  let total = 0
  for (const [, number = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g))
    total += Number(number) * (durationUnits[unit] ?? 0)
  return Math.round(total)
}

/** Nanoseconds as Docker prints them: `1m30s`, `500ms`. */
export function printDuration(nanoseconds: number): string {
  if (nanoseconds % 1e9 !== 0) return nanoseconds % 1e6 === 0 ? `${nanoseconds / 1e6}ms` : `${nanoseconds}ns`
  const seconds = nanoseconds / 1e9
  const parts = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'm'],
    [seconds % 60, 's'],
  ] as const
  const text = parts.map(([count, unit]) => (count > 0 ? `${count}${unit}` : '')).join('')
  return text === '' ? '0s' : text
}

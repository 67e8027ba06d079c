const nanosecondsOf: Readonly<Record<string, number>> = {
  h: 3_600e9,
  m: 60e9,
  s: 1e9,
  ms: 1e6,
  us: 1e3,
  ns: 1,
}

/** A duration as Compose writes it (`1m30s`) in nanoseconds, as the Engine keeps it; 0 for none. */
export function durationNs(text: string | undefined): number {
  const parts = [...(text ?? '').matchAll(/(\d+(?:\.\d+)?)(ms|us|ns|h|m|s)/g)]
  return parts.reduce(
    (sum, [, amount = '0', unit = 's']) => sum + Number(amount) * (nanosecondsOf[unit] ?? 0),
    0,
  )
}

/** A size as Compose writes it (`128m`, `"134217728"`) in bytes; null for none. */
export function sizeBytes(value: unknown): number | null {
  if (typeof value === 'number') return value
  const match = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*([bkmgt]?)b?$/i.exec(value.trim()) : null
  if (!match) return null
  const power = 'bkmgt'.indexOf(match[2]?.toLowerCase() || 'b')
  return Math.round(Number(match[1]) * 1024 ** power)
}

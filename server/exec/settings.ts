import 'server-only'

/** The settings of shells. docs/operations.md explains them to people. */
export interface ExecSettings {
  /** COMPOSURE_EXEC=off takes shells away from everybody. */
  isOn: boolean
  /** How long a shell nobody watches is kept for a reload or a lost connection. */
  keepMs: number
  /** A shell without a byte in either direction for this long is ended. */
  idleMs: number
  maxPerContainer: number
  maxPerUser: number
  max: number
}

export function readExecSettings(source: NodeJS.ProcessEnv = process.env): ExecSettings {
  return {
    isOn: (source.COMPOSURE_EXEC ?? 'on').toLowerCase() !== 'off',
    keepMs: readNumber('COMPOSURE_EXEC_KEEP_SECONDS', source, 60) * 1000,
    idleMs: readNumber('COMPOSURE_EXEC_IDLE_MINUTES', source, 480) * 60_000,
    maxPerContainer: 10,
    maxPerUser: 20,
    max: 50,
  }
}

function readNumber(name: string, source: NodeJS.ProcessEnv, fallback: number): number {
  const text = source[name]
  if (!text) return fallback
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  throw new Error(`${name} must be a number of at least 0, not "${text}"`)
}

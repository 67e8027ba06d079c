import pg from 'pg'

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** Where PostgreSQL is, without the password: safe to log. */
export type DatabaseTarget = { host: string; port: number; database: string; user: string }

export type DatabaseConfig = {
  url: string
  target: DatabaseTarget
  poolSize: number
  queryTimeoutMs: number
  connectAttempts: number
  connectBaseDelayMs: number
  connectMaxDelayMs: number
}

export type Config = { host: string; port: number; logLevel: string; database: DatabaseConfig }

/** Every problem with the environment at once, in words; never holds a value that could be a secret. */
export class ConfigError extends Error {
  readonly code = 'invalid_config'
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`the environment is not valid: ${problems.join('; ')}`)
    this.problems = problems
  }
}

/** The only reader of the environment. Throws a ConfigError that names every problem. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const problems: string[] = []

  function text(name: string, fallback: string): string {
    return env[name]?.trim() || fallback
  }

  function integer(name: string, fallback: number, min: number, max: number): number {
    const raw = text(name, String(fallback))
    const value = Number(raw)
    if (/^\d+$/.test(raw) && value >= min && value <= max) return value
    problems.push(`${name} must be a whole number from ${min} to ${max}`)
    return fallback
  }

  const url = text('DATABASE_URL', '')
  const target = parseTarget(url)
  if (typeof target === 'string') problems.push(target)

  const logLevel = text('LOG_LEVEL', 'info')
  if (!logLevels.includes(logLevel)) problems.push(`LOG_LEVEL must be one of ${logLevels.join(', ')}`)

  const host = text('HOST', '0.0.0.0')
  const port = integer('PORT', 8000, 0, 65535)
  const limits = {
    poolSize: integer('DATABASE_POOL_SIZE', 10, 1, 100),
    queryTimeoutMs: integer('DATABASE_QUERY_TIMEOUT_MS', 3000, 100, 600_000),
    connectAttempts: integer('DATABASE_CONNECT_ATTEMPTS', 15, 1, 1000),
    connectBaseDelayMs: integer('DATABASE_CONNECT_BASE_DELAY_MS', 500, 1, 60_000),
    connectMaxDelayMs: integer('DATABASE_CONNECT_MAX_DELAY_MS', 10_000, 1, 600_000),
  }

  if (problems.length > 0 || typeof target === 'string') throw new ConfigError(problems)
  return { host, port, logLevel, database: { url, target, ...limits } }
}

/** What pg itself makes of the address, or the problem in words. */
function parseTarget(url: string): DatabaseTarget | string {
  const shape = 'postgresql://user:password@host:5432/database'
  if (url === '') return `DATABASE_URL is missing: set it to ${shape}`
  if (!/^postgres(ql)?:\/\//.test(url)) return `DATABASE_URL must look like ${shape}`
  try {
    const { host, port, database = '', user = '' } = new pg.Client({ connectionString: url })
    return { host, port, database, user }
  } catch {
    // The parser's own error carries the whole address, password included.
    return `DATABASE_URL cannot be read: it must look like ${shape}, and characters such as @ : / ? # % in the password must be percent-encoded`
  }
}

import 'server-only'

/** Every setting of the process, read once. docs/operations.md explains them to people. */
export interface Env {
  isDev: boolean
  host: string
  port: number
  /** Where users, sessions and the audit are kept. */
  dataDir: string
  /** Path of the Engine's socket, or an `http://host:port` of a socket proxy. */
  dockerHost: string
  /** `host[:port]` names the front answers to; requests for any other are refused. */
  allowedHosts: string[]
  /** Sets the first user's password instead of the first-run code; empty when unset. */
  initialPassword: string
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}

export function readEnv(source: NodeJS.ProcessEnv = process.env, argv: string[] = process.argv): Env {
  const port = readPort(source.PORT ?? '3000')
  return {
    isDev: argv.includes('--dev'),
    host: source.HOST ?? '127.0.0.1',
    port,
    dataDir: source.COMPOSURE_DATA_DIR ?? '.data',
    dockerHost: source.DOCKER_HOST ?? 'unix:///var/run/docker.sock',
    allowedHosts: (source.COMPOSURE_HOSTS ?? `localhost:${port},127.0.0.1:${port},[::1]:${port}`)
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter(Boolean),
    initialPassword: source.COMPOSURE_PASSWORD ?? '',
    logLevel: readLevel(source.LOG_LEVEL ?? 'info'),
  }
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`PORT must be a number from 1 to 65535, not "${text}"`)
}

function readLevel(text: string): Env['logLevel'] {
  if (text === 'debug' || text === 'info' || text === 'warn' || text === 'error') return text
  throw new Error(`LOG_LEVEL must be debug, info, warn or error, not "${text}"`)
}

import 'server-only'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { processWide } from './process-wide.ts'

/** Every setting of the process, read once. docs/operations.md explains them to people. */
export interface Env {
  isDev: boolean
  host: string
  port: number
  /** Where users, sessions and the audit are kept; absolute. */
  dataDir: string
  /** Path of the Engine's socket, or an `http://host:port` of a socket proxy. */
  dockerHost: string
  /** Exact `host[:port]` names, lower case, the front answers to; requests for any other are refused. */
  allowedHosts: string[]
  /** The address people open where a proxy speaks https for us, e.g. `https://dash.example`; empty when unset. */
  publicUrl: string
  /** Addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. */
  trustedProxies: string[]
  /** The header in which a trusted proxy names the person it let in, lower case; empty when it vouches for nobody. */
  proxyUserHeader: string
  /** The header with their groups, comma-separated, lower case. */
  proxyGroupsHeader: string
  /** Sets the first user's password instead of the first-run code; empty when unset. */
  initialPassword: string
  /** A session nobody used for this long is over. */
  sessionIdleMs: number
  /** Every session is over after this long. */
  sessionMaxMs: number
  /** COMPOSURE_READ_ONLY: nothing of the Engine or its files is changed, whoever asks. */
  isReadOnly: boolean
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  history: HistoryEnv
}

/** Where and how logs are recorded until somebody sets it in the page. */
export interface HistoryEnv {
  /** `postgresql://...`; empty: `history.db` in the data directory. */
  databaseUrl: string
  isOn: boolean
  maxBytes: number
  maxServiceBytes: number
  maxAgeDays: number
}

const hourMs = 3_600_000

export function readEnv(source: NodeJS.ProcessEnv = process.env, argv: string[] = process.argv): Env {
  const port = readPort(source.PORT ?? '3000')
  const publicUrl = readUrl(source.COMPOSURE_URL ?? '')
  const hosts = readList(source.COMPOSURE_HOSTS || `localhost:${port},127.0.0.1:${port},[::1]:${port}`)
  if (publicUrl) hosts.push(new URL(publicUrl).host)
  return {
    isDev: argv.includes('--dev'),
    host: source.HOST || '127.0.0.1',
    port,
    dataDir: resolve(/* turbopackIgnore: true */ source.COMPOSURE_DATA_DIR || '.data'),
    dockerHost: source.DOCKER_HOST || 'unix:///var/run/docker.sock',
    allowedHosts: [...new Set(hosts)],
    publicUrl,
    trustedProxies: readList(source.COMPOSURE_TRUSTED_PROXIES ?? ''),
    ...readProxyHeaders(source),
    initialPassword: readPassword(source),
    sessionIdleMs: readHours('COMPOSURE_SESSION_IDLE_HOURS', source, 7 * 24) * hourMs,
    sessionMaxMs: readHours('COMPOSURE_SESSION_MAX_HOURS', source, 30 * 24) * hourMs,
    isReadOnly: readSwitch('COMPOSURE_READ_ONLY', source),
    logLevel: readLevel(source.LOG_LEVEL || 'info'),
    history: readHistory(source),
  }
}

/** The settings this process started with, the same object in both module graphs. */
export function currentEnv(): Env {
  return processWide('env', readEnv)
}

function readList(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter(Boolean)
}

function readPort(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Error(`PORT must be a number from 1 to 65535, not "${text}"`)
}

function readUrl(text: string): string {
  if (text === '') return ''
  const url = URL.canParse(text) ? new URL(text) : null
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url.origin
  throw new Error(`COMPOSURE_URL must be an address like https://dash.example, not "${text}"`)
}

function readProxyHeaders(source: NodeJS.ProcessEnv): Pick<Env, 'proxyUserHeader' | 'proxyGroupsHeader'> {
  const user = (source.COMPOSURE_AUTH_HEADER ?? '').toLowerCase()
  if (user !== '' && !source.COMPOSURE_TRUSTED_PROXIES)
    throw new Error(
      'COMPOSURE_AUTH_HEADER needs COMPOSURE_TRUSTED_PROXIES: from anybody else the header is worth nothing',
    )
  return {
    proxyUserHeader: user,
    proxyGroupsHeader: (source.COMPOSURE_AUTH_GROUPS_HEADER || 'remote-groups').toLowerCase(),
  }
}

function readPassword(source: NodeJS.ProcessEnv): string {
  const file = source.COMPOSURE_PASSWORD_FILE
  if (!file) return source.COMPOSURE_PASSWORD ?? ''
  try {
    return readFileSync(/* turbopackIgnore: true */ file, 'utf8').replace(/\r?\n$/, '')
  } catch (cause) {
    throw new Error(`COMPOSURE_PASSWORD_FILE names ${file}, which cannot be read`, { cause })
  }
}

function readHistory(source: NodeJS.ProcessEnv): HistoryEnv {
  const databaseUrl = source.COMPOSURE_DATABASE_URL ?? ''
  if (databaseUrl !== '' && !/^postgres(?:ql)?:\/\//.test(databaseUrl))
    throw new Error(
      'COMPOSURE_DATABASE_URL must be an address like postgresql://user:password@host:5432/database',
    )
  const isOn = source.COMPOSURE_HISTORY || 'on'
  if (isOn !== 'on' && isOn !== 'off') throw new Error(`COMPOSURE_HISTORY must be on or off, not "${isOn}"`)
  return {
    databaseUrl,
    isOn: isOn === 'on',
    maxBytes: readNumber('COMPOSURE_HISTORY_MAX_MB', source, 1_000) * 1_000_000,
    maxServiceBytes: readNumber('COMPOSURE_HISTORY_SERVICE_MAX_MB', source, 200) * 1_000_000,
    maxAgeDays: readNumber('COMPOSURE_HISTORY_MAX_DAYS', source, 30),
  }
}

function readNumber(name: string, source: NodeJS.ProcessEnv, standard: number): number {
  const value = Number(source[name] || standard)
  if (Number.isFinite(value) && value > 0) return value
  throw new Error(`${name} must be a number above 0, not "${source[name]}"`)
}

function readHours(name: string, source: NodeJS.ProcessEnv, standard: number): number {
  const hours = Number(source[name] || standard)
  if (Number.isFinite(hours) && hours > 0) return hours
  throw new Error(`${name} must be a number of hours, not "${source[name]}"`)
}

function readSwitch(name: string, source: NodeJS.ProcessEnv): boolean {
  const text = (source[name] ?? '').toLowerCase()
  if (['1', 'true', 'on', 'yes'].includes(text)) return true
  if (['', '0', 'false', 'off', 'no'].includes(text)) return false
  throw new Error(`${name} must be 1 or 0, not "${source[name]}"`)
}

function readLevel(text: string): Env['logLevel'] {
  if (text === 'debug' || text === 'info' || text === 'warn' || text === 'error') return text
  throw new Error(`LOG_LEVEL must be debug, info, warn or error, not "${text}"`)
}

import 'server-only'
import { currentEnv } from './env.ts'

const order = { debug: 10, info: 20, warn: 30, error: 40, notice: 50 } as const
const threshold = order[currentEnv().logLevel]

/** One JSON object a line on stdout; fields are encoded, so hostile text cannot forge a line. Never pass secrets. */
function write(level: keyof typeof order, message: string, fields: Record<string, unknown>): void {
  if (order[level] < threshold) return
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`)
}

export const log = {
  debug: (message: string, fields: Record<string, unknown> = {}): void => write('debug', message, fields),
  info: (message: string, fields: Record<string, unknown> = {}): void => write('info', message, fields),
  warn: (message: string, fields: Record<string, unknown> = {}): void => write('warn', message, fields),
  error: (message: string, fields: Record<string, unknown> = {}): void => write('error', message, fields),
  /** What people must see whatever LOG_LEVEL says: the first-run code. */
  notice: (message: string, fields: Record<string, unknown> = {}): void => write('notice', message, fields),
}

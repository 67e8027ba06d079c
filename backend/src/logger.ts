import { pino, type Logger } from 'pino'

const urlPassword = /(:\/\/[^:@/\s"]*:)[^/\s"]*@/g

/** JSON lines on standard output: ISO times, levels as words, and no password of any address. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
    hooks: { streamWrite: (line) => line.replace(urlPassword, '$1[redacted]@') },
  })
}

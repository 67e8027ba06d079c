import { pino, type Logger } from 'pino'

// The word "password" itself stays: our own messages show the form of an address with it.
const urlPassword = /(:\/\/[^:@/\s"]*:)(?!password@)[^/\s"]*@/g

/** JSON lines on standard output: ISO times, levels as words, and no password of any address. */
export function createLogger(level: string): Logger {
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: (line) => line.replace(urlPassword, '$1[redacted]@') },
    },
    // Each line is out before the next statement runs: the last words of a process arrive, and in order.
    pino.destination({ dest: 1, sync: true }),
  )
}

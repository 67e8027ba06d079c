import { setTimeout as sleep } from 'node:timers/promises'
import { ConfigError, readConfig, type Config } from './config.ts'
import { Database } from './database/database.ts'
import { DatabaseStartError } from './database/start-error.ts'
import { buildApp } from './http/app.ts'
import { createLogger } from './logger.ts'

// Requests in flight may finish within the first, connections to the database within the second.
const requestGraceMs = 3500
const databaseGraceMs = 1000

function run({ host, port, logLevel, database: databaseConfig }: Config): void {
  const log = createLogger(logLevel)
  const database = new Database(databaseConfig, log)
  const app = buildApp(database, log)
  let stopping = false

  async function stop(exitCode: number, lastWord: () => void): Promise<void> {
    if (stopping) return
    stopping = true
    const impatience = setTimeout(() => {
      log.warn({ requestGraceMs }, 'requests still running, closing their connections')
      app.server.closeAllConnections()
    }, requestGraceMs)
    try {
      await app.close()
      clearTimeout(impatience)
      await Promise.race([database.close(), sleep(databaseGraceMs)])
    } finally {
      lastWord()
      process.exit(exitCode)
    }
  }

  function fail(error: unknown): void {
    if (error instanceof DatabaseStartError) {
      void stop(1, () => log.fatal({ ...databaseConfig.target, code: error.code }, error.message))
    } else {
      void stop(1, () => log.fatal({ err: error }, error instanceof Error ? error.message : String(error)))
    }
  }

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info({ signal }, 'stopping')
      void stop(0, () => log.info('stopped'))
    })
  }
  process.on('uncaughtException', fail)

  app
    .listen({ host, port })
    .then(() => database.start())
    .catch(fail)
}

try {
  run(readConfig(process.env))
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  createLogger('info').fatal({ problems: error.problems }, error.message)
  process.exitCode = 1
}

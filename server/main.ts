import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { externalSettings } from './auth/external/settings.ts'
import { prepareFirstRun } from './auth/first-run.ts'
import { endStreamsOfEndedSessions } from './auth/sessions.ts'
import { authStore } from './auth/store.ts'
import { currentEnv } from './env.ts'
import { startShells } from './exec/door.ts'
import { startRecording } from './history/history.ts'
import { removeOldHelpers } from './files/place.ts'
import { endDeadConnections } from './http/dead-peers.ts'
import { admit } from './http/front.ts'
import { refuse, refuseClientError } from './http/refusals.ts'
import { shutDown } from './http/shutdown-server.ts'
import { dispatchUpgrade, isOwnNextSocket } from './http/upgrade.ts'
import { warmUp } from './http/warm-up.ts'
import { recoverJobs } from './jobs/jobs.ts'
import { finishRecreations } from './run/finish-recreations.ts'
import { log } from './log.ts'
import { countRequest } from './metrics/count-request.ts'

const env = await orExit(() => currentEnv())
// Nobody else needs it: not Next, not a child process.
delete process.env.COMPOSURE_PASSWORD
delete process.env.COMPOSURE_DATABASE_URL

process.on('unhandledRejection', (error) => {
  log.error('a promise failed and nobody listened', {
    error: String(error),
    stack: error instanceof Error ? error.stack : undefined,
  })
})

// Next's standalone output does not carry its build-time config loader; handing it the resolved config replaces that.
if (!env.isDev) {
  const root = dirname(fileURLToPath(import.meta.url))
  process.chdir(root)
  const files = JSON.parse(readFileSync(join(root, '.next/required-server-files.json'), 'utf8')) as {
    config: unknown
  }
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(files.config)
}

await orExit(() => authStore())
await orExit(() => externalSettings())
await orExit(recoverJobs)

// `node --watch-path` would make Next's own workers report to it on the channel Next talks to them, and Next would choke on that.
delete process.env.WATCH_REPORT_DEPENDENCIES
const { default: next } = await import('next')
const app = next({ dev: env.isDev, hostname: env.host, port: env.port })
// Next would add a second upgrade listener at the first request; ours below is the only door.
;(app as unknown as { didWebSocketSetup: boolean }).didWebSocketSetup = true
await app.prepare()
const handleRequest = app.getRequestHandler()
// In development the page hydrates only once its hot-reload socket answers; the public getUpgradeHandler() does nothing here.
const handleNextUpgrade = env.isDev
  ? (app as unknown as { upgradeHandler: (request: IncomingMessage, socket: Duplex, head: Buffer) => void })
      .upgradeHandler
  : null

const server = createServer(
  {
    headersTimeout: 10_000,
    // The front bounds each request by its path: a file may take its time.
    requestTimeout: 0,
    connectionsCheckingInterval: 5000,
    requireHostHeader: false,
  },
  (request, response) => {
    countRequest(request, response)
    if (!admit(request, response, env)) return
    handleRequest(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else refuse(request, response, error, String(response.getHeader('x-request-id')))
    })
  },
)

endDeadConnections(server)
server.on('clientError', refuseClientError)
server.on('upgrade', (request, socket, head) => {
  if (handleNextUpgrade && isOwnNextSocket(request)) handleNextUpgrade(request, socket, head)
  else void dispatchUpgrade(request, socket, head)
})
server.on('error', (error: NodeJS.ErrnoException) => {
  const reason =
    error.code === 'EADDRINUSE' ? `port ${env.port} is taken: stop who uses it, or set PORT` : error.message
  fail(new Error(`Composure cannot listen on ${env.host}:${env.port} (${reason})`))
})

await orExit(prepareFirstRun)
await orExit(startShells)
server.listen(env.port, env.host, () => {
  log.info('listening', { address: env.publicUrl || `http://${env.allowedHosts[0] ?? env.host}` })
  startRecording()
  if (!env.isDev) void warmUp(env)
})

setInterval(endStreamsOfEndedSessions, 10_000).unref()

// What a process that was killed left behind would hold its volume for good.
const helperAgeMs = 3_600_000
removeOldHelpers(helperAgeMs).catch((error: unknown) =>
  log.debug('old helpers stay', { error: String(error) }),
)

finishRecreations().catch((error: unknown) =>
  log.error('what was being made again could not be looked at', { error: String(error) }),
)

let isEnding = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    // Who asks twice does not want to wait.
    if (isEnding) process.exit(1)
    isEnding = true
    log.info('ending', { signal })
    // Whatever goes wrong on the way out, the way out it is.
    setTimeout(() => process.exit(1), 10_000).unref()
    void shutDown(server).finally(() => process.exit(0))
  })
}

async function orExit<Value>(run: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await run()
  } catch (error) {
    return fail(error)
  }
}

/** A start that cannot work ends with one line that says why, and status 1. */
function fail(error: unknown): never {
  process.stderr.write(`composure: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

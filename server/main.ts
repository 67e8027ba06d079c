import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { dirname, join } from 'node:path'
import type { Duplex } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { readEnv } from './env.ts'
import { log } from './log.ts'

const env = readEnv()

// Next's standalone output does not carry its build-time config loader; handing it the resolved config replaces that.
if (!env.isDev) {
  const root = dirname(fileURLToPath(import.meta.url))
  process.chdir(root)
  const files = JSON.parse(readFileSync(join(root, '.next/required-server-files.json'), 'utf8')) as {
    config: unknown
  }
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(files.config)
}

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

const server = createServer((request, response) => {
  handleRequest(request, response).catch((error: unknown) => {
    log.error('request failed', { error: String(error) })
    response.destroy()
  })
})

server.on('upgrade', (request, socket: Socket, head) => {
  if (handleNextUpgrade && request.url?.startsWith('/_next/')) handleNextUpgrade(request, socket, head)
  else socket.destroy()
})

server.listen(env.port, env.host, () => {
  log.info('listening', { address: `http://${env.host}:${env.port}` })
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    server.close()
    server.closeAllConnections()
    process.exit(0)
  })
}

import 'server-only'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { execProtocol, maxFrameBytes, readClientMessage } from '#lib/docker/exec'
import { processWide } from '#server/process-wide'
import type { Viewer } from './audience.ts'
import type { Session } from './session.ts'

const pingMs = 10_000
const maxLateMs = 8_000

const acceptor = (): WebSocketServer =>
  processWide(
    'exec.acceptor',
    () =>
      new WebSocketServer({
        noServer: true,
        maxPayload: maxFrameBytes,
        perMessageDeflate: false,
        // Accept ours and never echo the ticket beside it.
        handleProtocols: (offered) => (offered.has(execProtocol) ? execProtocol : false),
      }),
  )

/** Answers an upgrade that was let in with 101 and wires the socket to its session. */
export function acceptExecSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  session: Session,
): void {
  if ('setNoDelay' in socket && typeof socket.setNoDelay === 'function') socket.setNoDelay(true)
  acceptor().handleUpgrade(request, socket, head, (connection) => serve(connection, session))
}

function serve(connection: WebSocket, session: Session): void {
  const viewer = viewerOf(connection, session)
  let isAttached = false
  connection.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      if (isAttached && !session.write(viewer, data)) {
        connection.pause()
        session.onDrain(() => connection.resume())
      }
      return
    }
    const message = readClientMessage(data.toString('utf8'))
    if (!message) connection.close(4400, 'not understood')
    else if (message.type === 'resize') session.resize(viewer, message.cols, message.rows)
    else if (message.type === 'ack') session.ack(viewer, message.bytes)
    else if (!isAttached) {
      isAttached = true
      session.attach(viewer, message.fromByte)
    }
  })
  const stopPings = pingRegularly(connection)
  connection.on('error', () => connection.terminate())
  connection.on('close', () => {
    stopPings()
    session.detach(viewer)
  })
}

function viewerOf(connection: WebSocket, session: Session): Viewer {
  const viewer: Viewer = {
    send: (bytes) => {
      connection.send(bytes, { binary: true }, () => session.wake(viewer))
    },
    say: (message) => connection.send(JSON.stringify(message), () => {}),
    get backlogBytes() {
      return connection.bufferedAmount
    },
    close: (code, reason) => {
      connection.resume()
      connection.close(code, reason)
    },
  }
  return viewer
}

/** Keeps proxies from cutting a quiet line, and finds the half-open one. */
function pingRegularly(connection: WebSocket): () => void {
  let late: NodeJS.Timeout | null = null
  const isAlive = (): void => {
    if (late) clearTimeout(late)
    late = null
  }
  connection.on('pong', isAlive).on('message', isAlive)
  const timer = setInterval(() => {
    if (connection.isPaused) return
    connection.ping()
    late ??= setTimeout(() => connection.terminate(), maxLateMs)
  }, pingMs)
  return () => {
    clearInterval(timer)
    isAlive()
  }
}

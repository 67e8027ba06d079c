import 'server-only'
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ErrorBody, errorCode, errorStatus } from '#lib/api/errors'
import { log } from '#server/log'
import { isNavigation, refusalPage } from './refusal-page.ts'
import { plainHeaders } from './security-headers.ts'

/** The words for an error: those of a CodedError, or a plain `internal` that leaks nothing and is logged. */
export function errorBody(error: unknown, requestId?: string): ErrorBody {
  const code = errorCode(error) ?? 'internal'
  const known = code !== 'internal' && error instanceof Error
  if (!known)
    log.error('request failed', {
      error: String(error),
      stack: error instanceof Error ? error.stack : undefined,
      requestId,
    })
  const hint = known && 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
  return {
    error: {
      code,
      message: known ? error.message : 'Something went wrong in Composure.',
      ...(hint ? { hint } : {}),
      ...(requestId ? { requestId } : {}),
    },
  }
}

/** Answers a request the front does not let in. The connection ends: an unread body must not become the next request. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  requestId: string,
): void {
  const body = errorBody(error, requestId)
  const isPage = isNavigation(request)
  const text = isPage ? refusalPage(body) : JSON.stringify(body)
  response.writeHead(errorStatus[body.error.code], {
    'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(text)
}

/** Answers on a bare socket (an upgrade, or bytes that were no request), and ends it. */
export function refuseRaw(socket: Duplex, error: unknown): void {
  const body = errorBody(error)
  writeRaw(socket, errorStatus[body.error.code], JSON.stringify(body))
}

/** Answers bytes that Node's parser refused: malformed, too large or too slow. */
export function refuseClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  writeRaw(socket, status, JSON.stringify({ error: { code: 'bad_request', message: STATUS_CODES[status] } }))
}

function writeRaw(socket: Duplex, status: number, text: string): void {
  if (socket.destroyed) return
  const headers: Record<string, string | number> = {
    ...plainHeaders,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${text}`, () =>
    socket.destroy(),
  )
}

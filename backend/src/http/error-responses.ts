import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../api-error.ts'

const retryAfterSeconds = 2

// Fastify's own codes, in the words of this API.
const publicCodes: Record<string, string> = {
  FST_ERR_VALIDATION: 'invalid_request',
  FST_ERR_BAD_URL: 'invalid_url',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
}

// What Node says of bytes that never became a request.
const socketStatuses: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
}

/** Answers any error: clients hear what they can mend, everything else is a 500 whose details only the log has. */
export function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { statusCode = 500, message } = error
  if (error instanceof ApiError) {
    if (statusCode === 503) reply.header('retry-after', String(retryAfterSeconds))
    return send(reply, statusCode, error.code, message)
  }
  if (statusCode < 500) return send(reply, statusCode, publicCodes[error.code] ?? 'bad_request', message)
  request.log.error({ err: error }, 'request failed')
  return send(reply, 500, 'internal_error', 'something went wrong here; the log has the details')
}

export function sendNotFound(_request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return send(reply, 404, 'route_not_found', 'there is no such route: GET / lists them')
}

/** The same kind of answer where there is no request to answer: broken or too slow HTTP. */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable) return
  const statusCode = socketStatuses[error.code ?? ''] ?? 400
  const reason = STATUS_CODES[statusCode] ?? ''
  const body = JSON.stringify(errorBody('malformed_http', `not a request this server can read: ${reason}`))
  socket.end(
    `HTTP/1.1 ${statusCode} ${reason}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  )
}

function send(reply: FastifyReply, statusCode: number, code: string, message: string): FastifyReply {
  reply.errorCode = code
  return reply.code(statusCode).send(errorBody(code, message))
}

function errorBody(code: string, message: string): { error: { code: string; message: string } } {
  return { error: { code, message } }
}

import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify'
import { ApiError, errorBody } from './api-error.ts'
import type { Database } from './database/database.ts'
import { addStatusRoutes } from './status-routes.ts'
import { addTaskRoutes } from './tasks/routes.ts'
import { validateStrictly } from './validation.ts'

const sanePattern = /^[\w.:-]{1,128}$/
const retryAfterSeconds = 2

/** The HTTP side, complete but not listening. */
export function buildApp(database: Database, log: FastifyBaseLogger): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    logController: new OneLinePerRequest({ requestIdLogLabel: 'requestId' }),
    genReqId: ({ headers }) => {
      const given = headers['x-request-id']
      return typeof given === 'string' && sanePattern.test(given) ? given : randomUUID()
    },
    bodyLimit: 64 * 1024,
    requestTimeout: 10_000,
    // Requests that arrive on open connections while stopping are still served, and told to close.
    return503OnClosing: false,
    frameworkErrors: sendError,
    clientErrorHandler: (_error, socket) => refuseMalformed(socket),
  })

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  // JSON or 415.
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(sendError)
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send(errorBody('route_not_found', 'there is no such route: GET / lists them')),
  )
  validateStrictly(app)
  addStatusRoutes(app, database)
  addTaskRoutes(app, database)
  return app
}

/** One line when a request is done; probes only at debug, so that a log stays readable. */
class OneLinePerRequest extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    const { method, url, routeOptions } = request
    const { statusCode, elapsedTime } = reply
    const isProbe = routeOptions.url === '/health' || routeOptions.url === '/ready'
    const level = error || statusCode >= 500 ? 'error' : isProbe ? 'debug' : 'info'
    const durationMs = Math.round(elapsedTime * 10) / 10
    request.log[level](
      { method, url, statusCode, durationMs, ...(error && { err: error }) },
      'request completed',
    )
  }
}

// Fastify's own codes, in the words of this API.
const publicCodes: Record<string, string> = {
  FST_ERR_VALIDATION: 'invalid_request',
  FST_ERR_BAD_URL: 'invalid_url',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_json',
}

function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const statusCode = error.statusCode ?? 500
  if (statusCode === 503) reply.header('retry-after', String(retryAfterSeconds))
  if (error instanceof ApiError) return reply.code(statusCode).send(errorBody(error.code, error.message))
  if (statusCode < 500) {
    return reply.code(statusCode).send(errorBody(publicCodes[error.code] ?? 'bad_request', error.message))
  }
  request.log.error({ err: error }, 'request failed')
  return reply
    .code(500)
    .send(errorBody('internal_error', 'something went wrong here; the log has the details'))
}

/** Bytes that are not HTTP get the same kind of answer as everything else. */
function refuseMalformed(socket: Socket): void {
  if (!socket.writable) return
  const body = JSON.stringify(errorBody('malformed_http', 'this is not a valid HTTP request'))
  socket.end(
    `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
  )
}

import { randomUUID } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { LogController, type FastifyReply, type FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyReply {
    /** The code of the error this request was answered with, for its log line. */
    errorCode?: string
  }
}

const saneRequestId = /^[\w.:-]{1,128}$/

/** The caller's `x-request-id` where it is harmless in a log, a fresh one otherwise. */
export function requestId({ headers }: { headers: IncomingHttpHeaders }): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && saneRequestId.test(given) ? given : randomUUID()
}

/** One line when a request is done; probes that go well only at debug, so that the log stays readable. */
export class OneLinePerRequest extends LogController {
  override incomingRequest(): void {}

  override requestCompleted(error: Error | null, request: FastifyRequest, reply: FastifyReply): void {
    const { method, url, routeOptions } = request
    const { statusCode, errorCode } = reply
    const isProbe = routeOptions.url === '/health' || routeOptions.url === '/ready'
    const level =
      error || statusCode === 500 ? 'error' : statusCode > 500 ? 'warn' : isProbe ? 'debug' : 'info'
    const durationMs = Math.round(reply.elapsedTime * 10) / 10
    const problem = { ...(errorCode && { errorCode }), ...(error && { err: error }) }
    request.log[level]({ method, url, statusCode, durationMs, ...problem }, 'request completed')
  }
}

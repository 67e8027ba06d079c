import 'server-only'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '#server/log'
import { metrics } from './registry.ts'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Counts a request when its answer has ended, and tells of it at log level debug: never a query, a header or a body. */
export function countRequest(request: IncomingMessage, response: ServerResponse): void {
  const startedAt = performance.now()
  response.once('close', () => {
    const method = methods.has(request.method ?? '') ? String(request.method) : 'other'
    const status = response.headersSent ? response.statusCode : 499
    const seconds = (performance.now() - startedAt) / 1000
    const { requests, requestSeconds } = metrics()
    requests.inc({ method, status })
    const isStream = String(response.getHeader('content-type') ?? '').startsWith('text/event-stream')
    if (!isStream) requestSeconds.observe(seconds)
    log.debug('request', {
      requestId: response.getHeader('x-request-id'),
      method,
      path: (request.url ?? '').split('?')[0],
      status,
      ms: Math.round(seconds * 1000),
    })
  })
}

import 'server-only'
import type { ServerResponse } from 'node:http'
import { Duplex } from 'node:stream'
import { constants, createGzip } from 'node:zlib'
import { passedFacts } from './passed-facts.ts'

/** Level 1 costs two thirds of this and leaves a fifth more; on a thread of its own, the time is not the event loop's. */
const level = 6
/** Next takes `content-encoding` off whatever a route answers: the name it travels under from the route to the front. */
const carrier = 'x-composure-encoding'

/**
 * An answer that goes on: gzip where the reader takes it, every piece sent on at once. Not for a page opened as
 * localhost: there the wire is the machine's own memory, and packing costs more than it saves.
 */
export function streamResponse(
  request: Request,
  body: ReadableStream<Uint8Array>,
  headers: Record<string, string>,
): Response {
  if (!wantsGzip(request.headers)) return new Response(body, { headers })
  const gzip = Duplex.toWeb(createGzip({ level, flush: constants.Z_SYNC_FLUSH }))
  const packed = body.pipeThrough(gzip as unknown as ReadableWritablePair<Uint8Array, Uint8Array>)
  return new Response(packed, {
    headers: { ...headers, [carrier]: 'gzip', vary: 'accept-encoding' },
  })
}

/** Gives an answer that was packed by `streamResponse` the header that says so, when its head is written. */
export function carryEncoding(response: ServerResponse): void {
  const writeHead = response.writeHead.bind(response) as (status: number) => ServerResponse
  response.writeHead = (status: number, ...rest: unknown[]): ServerResponse => {
    const encoding = response.getHeader(carrier)
    if (encoding !== undefined) response.setHeader('content-encoding', encoding)
    response.removeHeader(carrier)
    return Reflect.apply(writeHead, response, [status, ...rest]) as ServerResponse
  }
}

function wantsGzip(headers: Headers): boolean {
  if (!/\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(headers.get('accept-encoding') ?? '')) return false
  const name = passedFacts(headers).host.replace(/:\d+$/, '')
  return !(name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || name.startsWith('127.'))
}

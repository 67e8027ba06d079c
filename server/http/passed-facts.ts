import 'server-only'
import type { IncomingMessage } from 'node:http'
import { CodedError } from '#lib/api/errors'
import type { Facts } from './facts.ts'

const names = {
  origin: 'x-composure-origin',
  host: 'x-composure-host',
  ip: 'x-composure-ip',
  path: 'x-composure-path',
  proxyUser: 'x-composure-proxy-user',
  proxyGroups: 'x-composure-proxy-groups',
  requestId: 'x-composure-request-id',
  nonce: 'x-composure-nonce',
} as const

/** Hands the front's findings to Next's routes and pages as request headers; the front removed any that came from outside. */
export function passFacts(request: IncomingMessage, facts: Facts, requestId: string, nonce: string): void {
  request.headers[names.origin] = facts.origin
  request.headers[names.host] = facts.host
  request.headers[names.ip] = facts.ip
  request.headers[names.path] = encodeURI(decodeURI(facts.pathname)) + facts.search
  if (facts.proxyUser !== null) request.headers[names.proxyUser] = facts.proxyUser
  request.headers[names.proxyGroups] = facts.proxyGroups
  request.headers[names.requestId] = requestId
  request.headers[names.nonce] = nonce
}

interface HeaderReader {
  get: (name: string) => string | null
}

/** What the front found out, read by a route or a page. Throws when the request did not come through the front. */
export function passedFacts(headers: HeaderReader): Facts & { requestId: string } {
  const origin = headers.get(names.origin)
  if (!origin) throw new CodedError('host_refused', 'The request did not come through the front.')
  const path = headers.get(names.path) ?? '/'
  const queryAt = path.indexOf('?')
  return {
    origin,
    isHttps: origin.startsWith('https:'),
    host: headers.get(names.host) ?? '',
    ip: headers.get(names.ip) ?? '',
    pathname: queryAt < 0 ? path : path.slice(0, queryAt),
    search: queryAt < 0 ? '' : path.slice(queryAt),
    cookie: headers.get('cookie') ?? '',
    proxyUser: headers.get(names.proxyUser),
    proxyGroups: headers.get(names.proxyGroups) ?? '',
    requestId: headers.get(names.requestId) ?? '',
  }
}

/** The nonce a page's own inline scripts must carry. */
export function passedNonce(headers: HeaderReader): string {
  return headers.get(names.nonce) ?? ''
}

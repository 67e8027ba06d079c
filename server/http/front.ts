import 'server-only'
import { randomBytes, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { CodedError } from '#lib/api/errors'
import type { Env } from '#server/env'
import { carryEncoding } from './compressed.ts'
import { type Facts, readFacts } from './facts.ts'
import { passFacts } from './passed-facts.ts'
import { refuse } from './refusals.ts'
import { assetCsp, pageCsp, securityHeaders } from './security-headers.ts'

const maxBodyBytes = 1_048_576
const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

// Headers Next or a proxy would act on; from outside they are only ever an attack.
const strippedPrefixes = [
  'x-middleware-',
  'x-now-',
  'x-invoke-',
  'x-nextjs-',
  'x-next-',
  'x-forwarded-',
  'x-composure-',
]
const strippedNames = new Set([
  'x-matched-path',
  'x-prerender-revalidate',
  'x-real-ip',
  'forwarded',
  'next-resume',
  'content-security-policy',
  'content-security-policy-report-only',
])
const keptNames = new Set(['x-composure-secret'])

/**
 * Decides about a request before Next sees it: Host, path, method, size. Sets the security headers of every answer, hands
 * the findings on as request headers, and returns true when Next may answer; otherwise the refusal was sent.
 */
export function admit(request: IncomingMessage, response: ServerResponse, env: Env): boolean {
  const requestId = randomUUID()
  const nonce = randomBytes(16).toString('base64')
  response.setHeader('x-request-id', requestId)
  setHeaders(response, securityHeaders(pageCsp(nonce, '', env.isDev), false))
  try {
    const facts = readFacts(request, env)
    requireMethod(request, facts, env)
    requireBoundedBody(request, facts.pathname)
    boundReceiving(request, facts.pathname)
    stripHeaders(request)
    const socketOrigin = facts.origin.replace(/^http/, 'ws')
    const isAsset = facts.pathname.startsWith('/_next/')
    const csp = isAsset ? assetCsp(socketOrigin, env.isDev) : pageCsp(nonce, socketOrigin, env.isDev)
    setHeaders(response, securityHeaders(csp, facts.isHttps))
    // Next reads the nonce for its own scripts from here.
    request.headers['content-security-policy'] = csp
    passFacts(request, facts, requestId, nonce)
    carryEncoding(response)
    return true
  } catch (error) {
    refuse(request, response, error, requestId)
    return false
  }
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}

/** Pages are only read, and there are no Server Actions: a POST to a page is refused before anything parses it. */
function requireMethod(request: IncomingMessage, facts: Facts, env: Env): void {
  const method = request.method ?? ''
  const isRead = method === 'GET' || method === 'HEAD'
  const isApi = facts.pathname.startsWith('/api/')
  // The overlay of the dev server posts stack traces to itself.
  const isDevTool = env.isDev && facts.pathname.startsWith('/__nextjs')
  if (methods.has(method) && !('next-action' in request.headers) && (isRead || isApi || isDevTool)) return
  throw new CodedError('method_refused', `${method} is not allowed here.`)
}

/** Files come in on these paths only, and as plain bytes; each of them needs an admin. */
const uploadPath = /^\/api\/(?:containers|volumes)\/[^/]+\/(?:files\/content|restore)$/
const maxUploadBytes = 64 * 2 ** 30
const receivingMs = { request: 30_000, upload: 6 * 3_600_000 }

const isUpload = (request: IncomingMessage, pathname: string): boolean =>
  request.method === 'PUT' &&
  request.headers['content-type'] === 'application/octet-stream' &&
  uploadPath.test(pathname)

function requireBoundedBody(request: IncomingMessage, pathname: string): void {
  if ('transfer-encoding' in request.headers)
    throw new CodedError('length_required', 'Send the body with a content-length.')
  const isFile = isUpload(request, pathname)
  if (Number(request.headers['content-length'] ?? 0) > (isFile ? maxUploadBytes : maxBodyBytes))
    throw new CodedError('too_large', `The request is larger than ${isFile ? '64 GiB' : '1 MiB'}.`)
}

/** A request that does not end holds a connection: what is no upload must be here within half a minute. */
function boundReceiving(request: IncomingMessage, pathname: string): void {
  const allowedMs = isUpload(request, pathname) ? receivingMs.upload : receivingMs.request
  const timer = setTimeout(() => {
    if (!request.complete) request.socket.destroy()
  }, allowedMs)
  timer.unref()
  request.once('close', () => clearTimeout(timer))
}

function stripHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (keptNames.has(name)) continue
    if (strippedNames.has(name) || strippedPrefixes.some((prefix) => name.startsWith(prefix)))
      delete request.headers[name]
  }
}

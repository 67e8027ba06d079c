import 'server-only'
import { BlockList, isIP } from 'node:net'
import type { IncomingMessage } from 'node:http'
import { CodedError } from '#lib/api/errors'
import type { Env } from '#server/env'

/** What the front found out about a request, from sources that cannot be forged. */
export interface Facts {
  /** `scheme://host[:port]` the browser sees; the only Origin that may change things. */
  origin: string
  isHttps: boolean
  /** Allow-listed, lower case, with its port as the request said it. */
  host: string
  /** Who asks; behind a trusted proxy the address it forwards. */
  ip: string
  pathname: string
  search: string
  /** The Cookie header. */
  cookie: string
  /** Who a trusted proxy says this is, and their groups; null without such a proxy. */
  proxyUser: string | null
  proxyGroups: string
}

const hostForm = /^(\[[0-9a-f:.]+\]|[a-z0-9]([a-z0-9._-]*[a-z0-9])?)(:\d{1,5})?$/
// Encoded dots and slashes, empty segments and dot segments are read differently by different readers: nobody needs them.
const oddPath = /%(2e|2f|5c|00|0a|0d)|\/\/|\/\.{1,2}(\/|$)|[\\\u0000-\u0020\u007f]|;/i

/** Checks Host and path of a request; throws `bad_request` (malformed) or `host_refused` (not allow-listed). */
export function readFacts(request: IncomingMessage, env: Env): Facts {
  const host = readHost(request, env)
  const { pathname, search } = readPath(request.url ?? '')
  const peer = plainAddress(request.socket.remoteAddress ?? '')
  const isProxied = trustedProxies(env).check(peer, isIP(peer) === 6 ? 'ipv6' : 'ipv4')
  const isHttps = readIsHttps(request, env, host, isProxied)
  return {
    origin: `${isHttps ? 'https' : 'http'}://${host}`,
    isHttps,
    host,
    ip: isProxied ? forwardedAddress(request, peer) : peer,
    pathname,
    search,
    cookie: request.headers.cookie ?? '',
    proxyUser: isProxied ? readHeader(request, env.proxyUserHeader) : null,
    proxyGroups: (isProxied ? readHeader(request, env.proxyGroupsHeader) : null) ?? '',
  }
}

/** A header a proxy sets exactly once; null when it is not there, empty, or there twice. */
function readHeader(request: IncomingMessage, name: string): string | null {
  if (name === '') return null
  const [value, ...more] = request.headersDistinct[name] ?? []
  return more.length === 0 ? value?.trim() || null : null
}

function readHost(request: IncomingMessage, env: Env): string {
  const names = request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())
  const host = request.headers.host?.toLowerCase() ?? ''
  if (names.filter((name) => name === 'host').length !== 1 || !hostForm.test(host))
    throw new CodedError('bad_request', 'The request needs exactly one valid Host header.')
  if (env.allowedHosts.includes(host)) return host
  throw new CodedError('host_refused', `Composure does not answer to the name "${host}".`, {
    hint: `Open it at ${env.allowedHosts[0] ?? 'its own address'}, or add the name to COMPOSURE_HOSTS.`,
  })
}

function readPath(target: string): { pathname: string; search: string } {
  const queryAt = target.indexOf('?')
  const pathname = queryAt < 0 ? target : target.slice(0, queryAt)
  if (!pathname.startsWith('/') || target.includes('#') || oddPath.test(pathname) || !isDecodable(pathname))
    throw new CodedError('bad_request', 'The address is malformed.')
  return { pathname, search: queryAt < 0 ? '' : target.slice(queryAt) }
}

function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname)
    return true
  } catch {
    return false
  }
}

function readIsHttps(request: IncomingMessage, env: Env, host: string, isProxied: boolean): boolean {
  if (env.publicUrl && new URL(env.publicUrl).host === host) return env.publicUrl.startsWith('https:')
  return isProxied && request.headers['x-forwarded-proto'] === 'https'
}

/** The last forwarded address is the one our proxy saw itself; those before it are the client's own claims. */
function forwardedAddress(request: IncomingMessage, peer: string): string {
  const last = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim()
  return last && isIP(last) ? plainAddress(last) : peer
}

function plainAddress(address: string): string {
  return address.startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address
}

const proxyLists = new WeakMap<Env, BlockList>()

function trustedProxies(env: Env): BlockList {
  const known = proxyLists.get(env)
  if (known) return known
  const list = new BlockList()
  for (const entry of env.trustedProxies) {
    const [address = '', prefix] = entry.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (prefix === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(prefix), family)
  }
  proxyLists.set(env, list)
  return list
}

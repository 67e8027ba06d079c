import 'server-only'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CodedError } from '#lib/api/errors'
import { currentEnv } from '#server/env'
import { log } from '#server/log'
import { processWide } from '#server/process-wide'
import type { Role, Session } from '#server/auth/policy'
import { readBearer } from '#server/auth/api-tokens'
import { identify } from '#server/auth/identify'
import { requireRole, requireSameOrigin } from '#server/auth/authorise'
import { readFacts } from './facts.ts'
import { refuseRaw } from './refusals.ts'

/** What an upgrade route gets. Nothing was written to `socket` yet. */
export interface UpgradeCall {
  request: IncomingMessage
  socket: Duplex
  head: Buffer
  /** Path parameters, decoded. */
  params: Record<string, string>
  session: Session
  /** The single-use ticket from the subprotocol `composure.ticket.<ticket>`; the browser offers it beside the route's own. */
  ticket: string
}

/**
 * A door for WebSockets. Host, path, Origin, session, role and the ticket's presence are checked first, then `authorise`
 * (throw a CodedError: it is answered with its HTTP status), and only then `handle` may write the 101.
 *
 * The browser connects with `new WebSocket(url, [protocol, 'composure.ticket.' + ticket])`: a WebSocket cannot carry the
 * per-session secret as a header, so a POST that does carry it hands out the ticket. Accept `protocol`, never echo the ticket.
 * `handle` registers the socket with `registerOpenStream`, so that signing out and shutdown end it (close code 4401 or 1001).
 */
export interface UpgradeRoute {
  /** `/ws/exec/:sessionId`; a parameter is one path segment. */
  pattern: string
  /** The subprotocol the browser must offer, e.g. `composure.exec`. */
  protocol: string
  role: Role
  /** Spends the ticket and finds the object; throws `not_found`, `ticket_refused` ... */
  authorise: (call: UpgradeCall) => Promise<void> | void
  handle: (call: UpgradeCall) => void
}

const routes = processWide('upgrade-routes', () => new Map<string, UpgradeRoute>())

/** Opens a door; registering a pattern again replaces it (both module graphs may do so). */
export function registerUpgrade(route: UpgradeRoute): void {
  routes.set(route.pattern, route)
}

/** The one listener of the server's `upgrade` event: decides before 101, answers refusals in HTTP, destroys what it does not know. */
export async function dispatchUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
  // A browser that goes away during the checks must not take the process with it.
  socket.on('error', (error) => log.debug('socket failed before its upgrade', { error: error.message }))
  try {
    const facts = readFacts(request, currentEnv())
    const found = findRoute(facts.pathname)
    if (!found || request.method !== 'GET' || request.headers.upgrade?.toLowerCase() !== 'websocket')
      throw new CodedError('not_found', 'There is no socket at this address.')
    // A page of another site cannot send an API token, so a script needs no Origin.
    const { authorization } = request.headers
    if (readBearer(authorization) === null) requireSameOrigin(facts, request.headers)
    const session = identify(facts, authorization)
    if (!session) throw new CodedError('not_signed_in', 'Sign in first.')
    requireRole(session, found.route.role)
    const call = {
      request,
      socket,
      head,
      params: found.params,
      session,
      ticket: readTicket(request, found.route),
    }
    await found.route.authorise(call)
    if (socket.destroyed) return
    found.route.handle(call)
  } catch (error) {
    refuseRaw(socket, error)
  }
}

/** True for the hot-reload socket of a development page of ours; other sites' pages must not listen to it. */
export function isOwnNextSocket(request: IncomingMessage): boolean {
  try {
    const facts = readFacts(request, currentEnv())
    return facts.pathname.startsWith('/_next/') && request.headers.origin === facts.origin
  } catch {
    return false
  }
}

function findRoute(pathname: string): { route: UpgradeRoute; params: Record<string, string> } | null {
  const parts = pathname.split('/')
  for (const route of routes.values()) {
    const pattern = route.pattern.split('/')
    if (pattern.length !== parts.length) continue
    const params: Record<string, string> = {}
    const matches = pattern.every((name, index) => {
      const part = parts[index] ?? ''
      if (!name.startsWith(':')) return name === part
      params[name.slice(1)] = decodeURIComponent(part)
      return part !== ''
    })
    if (matches) return { route, params }
  }
  return null
}

const ticketPrefix = 'composure.ticket.'

function readTicket(request: IncomingMessage, route: UpgradeRoute): string {
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  if (!offered.includes(route.protocol))
    throw new CodedError('bad_request', `This socket speaks ${route.protocol}.`)
  const ticket = offered.find((name) => name.startsWith(ticketPrefix))?.slice(ticketPrefix.length)
  if (!ticket) throw new CodedError('ticket_refused', 'The ticket for this socket is missing.')
  return ticket
}

import 'server-only'
import { CodedError, errorStatus } from '#lib/api/errors'
import { type Actor, type AuditNote, beginAudit } from '#server/auth/audit'
import { authorise, isChange, type Policy, type Session } from '#server/auth/authorise'
import { identify } from '#server/auth/identify'
import { requireReach } from '#server/auth/reach'
import { endWithSession } from './end-with-session.ts'
import { passedFacts } from './passed-facts.ts'
import { errorBody } from './refusals.ts'

/** What a handler gets: the request, its path parameters, the session the policy let through, and its note in the audit. */
export interface Call<Params> {
  request: Request
  params: Params
  session: Session
  /** Who asks, behind a trusted proxy too. */
  ip: string
  /** Set what the row should say beyond the path's parameters; says nothing for a policy without `action`. */
  audit: Pick<AuditNote, 'target' | 'params' | 'until'>
}

type RouteHandler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>

const noNote: AuditNote = {
  target: () => {},
  params: () => {},
  until: () => {},
  finish: () => {},
}

/**
 * Wraps every route: authorises by `policy`, writes the audit around what has an `action`, runs, answers JSON (204 for
 * undefined, a Response as it is), and turns errors into `ErrorBody` with the status of `errorStatus`. The only catch for HTTP.
 */
export function handle<Params = Record<string, never>>(
  policy: Policy,
  run: (call: Call<Params>) => Promise<unknown>,
): RouteHandler<Params> & { policy: Policy } {
  const handler: RouteHandler<Params> = async (request, context) => {
    let note = noNote
    try {
      requireDeclared(policy, request.method)
      const asked = await context.params
      const { session, params } = await authoriseOrNote(request, policy, asked)
      const { ip } = passedFacts(request.headers)
      if (policy.action) note = openNote({ ...session, ip }, policy.action, params)
      const result = await run({ request, params, session, ip, audit: note })
      note.finish()
      return policy.isStream ? endWithSession(toResponse(result), session) : toResponse(result)
    } catch (error) {
      note.finish(error)
      return errorResponse(error, request.headers.get('x-composure-request-id') ?? undefined)
    }
  }
  return Object.assign(handler, { policy })
}

/** A change that names no action would leave no trace: it is a bug of the route, and refused. */
function requireDeclared(policy: Policy, method: string): void {
  if (isChange(method) && !policy.action && !policy.unaudited)
    throw new Error(
      'a route that changes something needs policy.action (or policy.unaudited with the reason)',
    )
}

function openNote(who: Actor, action: string, params: unknown): AuditNote {
  const given = (params ?? {}) as Record<string, string>
  // `container.{action}` takes the verb from the path.
  const verb = action.replace('{action}', given.action?.slice(0, 32) ?? '')
  const note = beginAudit(who, verb, Object.values(given)[0] ?? '')
  note.params(given)
  return note
}

/** Somebody signed in who may not do this is worth a row; a stranger is not, or anyone could fill the disk. */
async function authoriseOrNote<Params>(
  request: Request,
  policy: Policy,
  params: Params,
): Promise<{ session: Session; params: Params }> {
  try {
    const session = authorise(request, policy)
    const reach = policy.role === 'anonymous' ? 'open' : policy.reach
    return { session, params: await requireReach(session, reach, params) }
  } catch (error) {
    const session = policy.action ? whoAsks(request) : null
    if (session && policy.action) {
      const { ip } = passedFacts(request.headers)
      openNote({ ...session, ip }, policy.action, params).finish(error)
    }
    throw error
  }
}

function whoAsks(request: Request): Session | null {
  try {
    return identify(passedFacts(request.headers), request.headers.get('authorization'))
  } catch {
    return null
  }
}

function toResponse(result: unknown): Response {
  if (result instanceof Response) return result
  if (result === undefined)
    return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } })
  return Response.json(result, { headers: { 'cache-control': 'no-store' } })
}

/** The answer for an error: its code's status and words, or a plain `internal` that leaks nothing. */
export function errorResponse(error: unknown, requestId?: string): Response {
  const body = errorBody(error, requestId)
  const headers = new Headers({ 'cache-control': 'no-store' })
  const seconds = typeof error === 'object' && error !== null && 'retryAfterSeconds' in error
  if (seconds) headers.set('retry-after', String(error.retryAfterSeconds))
  return Response.json(body, { status: errorStatus[body.error.code], headers })
}

interface Schema<Value> {
  safeParse: (
    input: unknown,
  ) =>
    | { success: true; data: Value }
    | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }
}

/** Parses a JSON body of at most `maxBytes` with a zod schema's `safeParse`; throws `bad_request` that names the field. */
export async function readBody<Value>(
  request: Request,
  schema: Schema<Value>,
  maxBytes = 65_536,
): Promise<Value> {
  const bytes = await request.arrayBuffer()
  if (bytes.byteLength > maxBytes)
    throw new CodedError('too_large', `The request is larger than ${maxBytes} bytes.`)
  const text = new TextDecoder().decode(bytes)
  let input: unknown
  try {
    input = text === '' ? {} : JSON.parse(text)
  } catch (cause) {
    throw new CodedError('bad_request', 'The request is not valid JSON.', { cause })
  }
  return parseInput(schema, input)
}

/** Parses the query of a GET with a zod schema's `safeParse`; throws `bad_request` that names the parameter. */
export function readQuery<Value>(request: Request, schema: Schema<Value>): Value {
  return parseInput(schema, Object.fromEntries(new URL(request.url).searchParams))
}

function parseInput<Value>(schema: Schema<Value>, input: unknown): Value {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new CodedError(
    'bad_request',
    issue
      ? `${issue.path.map(String).join('.') || 'body'}: ${issue.message}`
      : 'The request is not as expected.',
  )
}

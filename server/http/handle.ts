import 'server-only'
import { CodedError, type ErrorBody, errorCode, errorStatus } from '#lib/api/errors'
import { log } from '#server/log'
import { authorise, type Policy, type Session } from '#server/auth/authorise'

/** What a handler gets: the request, its path parameters, and the session the policy let through. */
export interface Call<Params> {
  request: Request
  params: Params
  session: Session
}

type RouteHandler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>

/**
 * Wraps every route: authorises by `policy`, runs, answers JSON (204 for undefined, a Response as it is), and turns
 * errors into `ErrorBody` with the status of `errorStatus`. The only catch for HTTP.
 */
export function handle<Params = Record<string, never>>(
  policy: Policy,
  run: (call: Call<Params>) => Promise<unknown>,
): RouteHandler<Params> {
  return async (request, context) => {
    try {
      const params = await context.params
      const session = await authorise(request, policy)
      const result = await run({ request, params, session })
      if (result instanceof Response) return result
      if (result === undefined) return new Response(null, { status: 204 })
      return Response.json(result, { headers: { 'cache-control': 'no-store' } })
    } catch (error) {
      return errorResponse(error)
    }
  }
}

/** The answer for an error: its code's status and words, or a plain `internal` that leaks nothing. */
export function errorResponse(error: unknown): Response {
  const code = errorCode(error) ?? 'internal'
  if (code === 'internal')
    log.error('request failed', {
      error: String(error),
      stack: error instanceof Error ? error.stack : undefined,
    })
  const known = code !== 'internal' && error instanceof Error
  const hint = known && 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
  const body: ErrorBody = {
    error: {
      code,
      message: known ? error.message : 'Something went wrong in Composure.',
      ...(hint ? { hint } : {}),
    },
  }
  return Response.json(body, { status: errorStatus[code], headers: { 'cache-control': 'no-store' } })
}

/** Parses a JSON body of at most `maxBytes` with a zod schema's `safeParse`; throws `bad_request` that names the field. */
export async function readBody<Value>(
  request: Request,
  schema: {
    safeParse: (
      input: unknown,
    ) =>
      | { success: true; data: Value }
      | { success: false; error: { issues: { path: PropertyKey[]; message: string }[] } }
  },
  maxBytes = 65_536,
): Promise<Value> {
  const text = await request.text()
  if (text.length > maxBytes)
    throw new CodedError('too_large', `The request is larger than ${maxBytes} bytes.`)
  let input: unknown
  try {
    input = text === '' ? {} : JSON.parse(text)
  } catch (cause) {
    throw new CodedError('bad_request', 'The request is not valid JSON.', { cause })
  }
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

import { CodedError, type ErrorBody, type ErrorCode, errorStatus } from './errors.ts'

/** The header that carries the per-session secret; a cookie alone is never enough to change or to stream. */
export const secretHeader = 'x-composure-secret'

let readSecret: () => string | null = () => null

/** Says where the per-session secret is kept; the page does so once at its start. */
export function readSecretFrom(source: () => string | null): void {
  readSecret = source
}

export interface RequestOptions {
  signal?: AbortSignal
}

/** GET as JSON. Throws a CodedError with the server's code and words, or TypeError when nothing answered. */
export function getJson<Value>(path: string, options: RequestOptions = {}): Promise<Value> {
  return request<Value>('GET', path, undefined, options)
}

/** POST with a JSON body; undefined for 204. */
export function postJson<Value = undefined>(
  path: string,
  body: unknown = {},
  options: RequestOptions = {},
): Promise<Value> {
  return request<Value>('POST', path, body, options)
}

/** PUT with a JSON body; undefined for 204. */
export function putJson<Value = undefined>(
  path: string,
  body: unknown = {},
  options: RequestOptions = {},
): Promise<Value> {
  return request<Value>('PUT', path, body, options)
}

/** DELETE with a JSON body; undefined for 204. */
export function deleteJson<Value = undefined>(
  path: string,
  body: unknown = {},
  options: RequestOptions = {},
): Promise<Value> {
  return request<Value>('DELETE', path, body, options)
}

/** The raw answer of a stream: headers with the secret, errors as CodedError. */
export async function openStream(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  for (const [name, value] of Object.entries(secretHeaders())) headers.set(name, value)
  const response = await fetch(path, { ...init, headers })
  if (!response.ok) throw await readError(response)
  return response
}

/** The headers a request of this page carries besides its cookie. */
export function secretHeaders(): Record<string, string> {
  const secret = readSecret()
  return secret ? { [secretHeader]: secret } : {}
}

async function request<Value>(
  method: string,
  path: string,
  body: unknown,
  options: RequestOptions,
): Promise<Value> {
  const response = await fetch(path, {
    method,
    headers: { ...secretHeaders(), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(options.signal ? { signal: options.signal } : {}),
  })
  if (!response.ok) throw await readError(response)
  // The route's own type is the guarantee: paths, bodies and answers are described in docs/openapi.json and tested there.
  return (response.status === 204 ? undefined : await response.json()) as Value
}

/** The server's error in its own words; a plain one when the answer was no JSON of ours. */
export async function readError(response: Response): Promise<CodedError> {
  const body: unknown = await response.json().catch(() => null)
  if (isErrorBody(body)) {
    const { code, message, hint } = body.error
    return new CodedError(code, message, hint === undefined ? {} : { hint })
  }
  return new CodedError('internal', `Composure answered with status ${response.status}.`, {
    hint: 'Reload the page; if it stays, look at the log of the dashboard.',
  })
}

function isErrorBody(body: unknown): body is ErrorBody & { error: { code: ErrorCode } } {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false
  const { error } = body
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code in errorStatus &&
    'message' in error &&
    typeof error.message === 'string'
  )
}

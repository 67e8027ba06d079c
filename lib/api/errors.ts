/** Every code the HTTP API can answer with, and its status. The page branches on codes, never on messages. */
export const errorStatus = {
  bad_request: 400,
  not_signed_in: 401,
  wrong_credentials: 401,
  token_refused: 401,
  setup_code_wrong: 403,
  secret_missing: 403,
  ticket_refused: 401,
  origin_refused: 403,
  role_too_low: 403,
  people_only: 403,
  out_of_reach: 403,
  read_only: 403,
  not_found: 404,
  method_refused: 405,
  container_not_found: 404,
  image_not_found: 404,
  network_not_found: 404,
  volume_not_found: 404,
  exec_not_found: 404,
  no_shell: 409,
  conflict: 409,
  name_taken: 409,
  in_use: 409,
  not_running: 409,
  is_itself: 409,
  state_unchanged: 409,
  files_unreadable: 409,
  job_cancelled: 409,
  last_admin: 409,
  already_set_up: 410,
  length_required: 411,
  compose_invalid: 422,
  remote_include_disabled: 422,
  registry_refused: 422,
  too_large: 413,
  not_json: 415,
  host_refused: 421,
  too_many_attempts: 429,
  too_many_streams: 429,
  internal: 500,
  job_failed: 500,
  compose_missing: 501,
  engine_error: 502,
  permission_missing: 502,
  registry_unreachable: 502,
  provider_unreachable: 502,
  engine_unreachable: 503,
  audit_unavailable: 503,
  history_unavailable: 503,
  engine_timeout: 504,
} as const

export type ErrorCode = keyof typeof errorStatus

/** The body of every answer that is not 2xx. `message` says what happened, `hint` what to do next. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string; hint?: string; requestId?: string }
}

/** An error with a code. Modules are loaded twice in one process: tell errors by `code` with `errorCode()`, never by instanceof. */
export class CodedError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'CodedError'
    this.code = code
    this.hint = options.hint
  }
}

/** The code of a CodedError (from whichever copy of this module), or null. */
export function errorCode(error: unknown): ErrorCode | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  const { code } = error
  return typeof code === 'string' && code in errorStatus ? (code as ErrorCode) : null
}

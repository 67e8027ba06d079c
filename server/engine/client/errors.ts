import 'server-only'
import { CodedError, type ErrorCode, errorCode } from '#lib/api/errors'
import type { EngineProblem } from '#lib/docker/engine'
import { permissionsFor } from '#lib/docker/proxy-permissions'
import { askedOf } from './dial.ts'
import { hideSecrets } from '../known-secrets.ts'

export type EngineNoun = 'container' | 'image' | 'network' | 'volume' | 'exec'

/** What each problem is called on screen and what to do about it. */
export const problemWords: Record<EngineProblem, { message: string; hint: string }> = {
  socket_missing: {
    message: 'There is no Docker socket.',
    hint: 'Start Docker, or mount its socket into the dashboard: -v /var/run/docker.sock:/var/run/docker.sock.',
  },
  socket_refused: {
    message: 'Nothing answers behind the Docker socket.',
    hint: 'Start Docker. If it was restarted, restart the dashboard too: it may hold the old socket.',
  },
  socket_forbidden: {
    message: 'The dashboard may not open the Docker socket.',
    hint: 'Run it with the group that owns the socket: DOCKER_GID=$(stat -c %g /var/run/docker.sock).',
  },
  not_an_engine: {
    message: 'Something answers, but it is not a Docker Engine.',
    hint: 'Check DOCKER_HOST: it must be the socket or address of a Docker Engine.',
  },
  too_old: {
    message: 'This Docker Engine is too old for Composure.',
    hint: 'Composure needs Docker 20.10 (API 1.41) or newer.',
  },
  permission_missing: {
    message: 'The proxy in front of Docker keeps back what the dashboard cannot do without.',
    hint: 'It must let through PING, EVENTS and CONTAINERS.',
  },
  not_answering: {
    message: 'Docker takes the call but does not answer.',
    hint: 'It may be frozen or out of disk or memory. Look at the Docker service on the host.',
  },
}

/** An Engine problem met on the way: a CodedError that also carries which problem it was. */
export class EngineAwayError extends CodedError {
  readonly problem: EngineProblem
  readonly detail: string

  constructor(problem: EngineProblem, detail = '', cause?: unknown) {
    const words = problemWords[problem]
    super(problem === 'not_answering' ? 'engine_timeout' : 'engine_unreachable', words.message, {
      hint: words.hint,
      cause,
    })
    this.problem = problem
    this.detail = detail
  }
}

/** The Engine problem an error stands for, or null when the Engine did answer. */
export function engineProblem(error: unknown): EngineProblem | null {
  if (typeof error !== 'object' || error === null) return null
  if ('problem' in error && typeof error.problem === 'string' && error.problem in problemWords)
    return error.problem as EngineProblem
  if ('statusCode' in error && typeof error.statusCode === 'number') return null
  if (!('code' in error)) return null
  switch (error.code) {
    case 'ENOENT':
      return 'socket_missing'
    case 'EACCES':
    case 'EPERM':
      return 'socket_forbidden'
    case 'ECONNREFUSED':
    case 'ENOTSOCK':
    case 'EPIPE':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'socket_refused'
    case 'ECONNRESET':
      // docker-modem destroys a call that runs into its deadline: "socket hang up".
      return error instanceof Error && error.message.includes('socket hang up')
        ? 'not_answering'
        : 'socket_refused'
    case 'ETIMEDOUT':
    case 'ABORT_ERR':
      return 'not_answering'
    default:
      return typeof error.code === 'string' && error.code.startsWith('HPE_') ? 'not_an_engine' : null
  }
}

/** The HTTP status the Engine answered with, or null. */
export function engineStatusCode(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null
  return typeof error.statusCode === 'number' ? error.statusCode : null
}

function hasEngineMessage(error: unknown): error is { json: { message: unknown } } {
  if (typeof error !== 'object' || error === null || !('json' in error)) return false
  return typeof error.json === 'object' && error.json !== null && 'message' in error.json
}

/** The Engine's own words, without docker-modem's wrapping and without secrets. */
export function engineMessage(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  if (hasEngineMessage(error)) return hideSecrets(String(error.json.message))
  return error instanceof Error ? hideSecrets(error.message) : 'no reason given'
}

/**
 * Turns whatever a call to the Engine threw into a CodedError with words for a person. `noun` is what was asked
 * for: a 404 becomes `container_not_found`. CodedErrors pass unchanged.
 */
export function toEngineError(error: unknown, noun?: EngineNoun): CodedError {
  // A Node error's `code` is never one of ours, so a known code is a CodedError of either module copy.
  if (errorCode(error)) return error as CodedError
  const problem = engineProblem(error)
  if (problem) return new EngineAwayError(problem, engineMessage(error), error)
  const status = engineStatusCode(error)
  const message = sentence(engineMessage(error))
  const refusal = proxyRefusal(error, status)
  if (refusal) return refusal
  if (status === 404 && noun) {
    return new CodedError(`${noun}_not_found` satisfies ErrorCode, message, {
      hint: `It may have just been removed. The list of ${noun === 'exec' ? 'shells' : `${noun}s`} is up to date.`,
      cause: error,
    })
  }
  if (/no space left on device/i.test(message)) return noSpace(error)
  return new CodedError(codeOf(status, message), message, { cause: error })
}

function noSpace(cause: unknown): CodedError {
  return new CodedError('engine_error', 'Docker has no space left.', {
    hint: `As a rule its disk is full. Make room under Clean up (docker system df says what takes it), then try again. Docker said: ${engineMessage(cause)}`,
    cause,
  })
}

/** A 403 without the Engine's JSON is a filtering proxy's: says which of its switches the call needs. */
function proxyRefusal(error: unknown, status: number | null): CodedError | null {
  const asked = askedOf(error)
  if (status !== 403 || !asked || hasEngineMessage(error)) return null
  const names = permissionsFor(asked.method, asked.path)
  const path = asked.path.replace(/\?.*$/, '')
  return new CodedError(
    'permission_missing',
    `The proxy in front of Docker refused ${asked.method} ${path}.`,
    {
      hint: `Where that proxy runs, set ${names.map((name) => `${name}=1`).join(' and ')}, if this dashboard is meant to do it.`,
      cause: error,
    },
  )
}

function codeOf(status: number | null, message: string): ErrorCode {
  if (status === null) return 'internal'
  if (status === 400) return 'bad_request'
  if (status === 404) return 'not_found'
  if (status === 409) {
    if (/is already in use by container|already exists/.test(message)) return 'name_taken'
    if (/is not running/.test(message)) return 'not_running'
    if (/in use|being used|is using|active endpoints/.test(message)) return 'in_use'
    return 'conflict'
  }
  if (status === 403 && /active endpoints|in use/.test(message)) return 'in_use'
  return 'engine_error'
}

function sentence(text: string): string {
  const trimmed = text.trim().slice(0, 2000)
  const capital = trimmed.charAt(0).toUpperCase() + trimmed.slice(1)
  return /[.!?]$/.test(capital) ? capital : `${capital}.`
}

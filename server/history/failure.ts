import 'server-only'
import { CodedError } from '#lib/api/errors'

/** Why the store does not take lines. `conflict`: it has others than the writer thought; ask for the place and go on there. */
export type HistoryProblem = 'full' | 'unreachable' | 'conflict' | 'failed'

const sqliteFull = 13
const sqliteInputOutput = 10

/** An error of a driver in our words, with `reason`; what is in our words already stays. */
export class HistoryFailure extends CodedError {
  readonly reason: HistoryProblem

  constructor(reason: HistoryProblem, message: string, cause?: unknown) {
    super('history_unavailable', message, { hint: hints[reason], cause })
    this.reason = reason
  }
}

const hints: Record<HistoryProblem, string> = {
  full: 'Make room on the disk or lower the limits of the log archive; recording goes on by itself.',
  unreachable: 'Is the database of COMPOSURE_DATABASE_URL running? Recording goes on by itself.',
  conflict: 'Does a second Composure write to the same archive?',
  failed: 'The dashboard’s own log has the details; it is tried again by itself.',
}

export function problemOf(error: unknown): HistoryProblem {
  if (typeof error !== 'object' || error === null) return 'failed'
  if ('reason' in error && typeof error.reason === 'string' && error.reason in hints)
    return error.reason as HistoryProblem
  const message = 'message' in error ? String(error.message) : ''
  const code = 'code' in error ? String(error.code) : ''
  if ('errcode' in error) {
    const sqlite = Number(error.errcode) & 0xff
    if (sqlite === sqliteFull || (sqlite === sqliteInputOutput && /full|write|space/i.test(message)))
      return 'full'
    return 'failed'
  }
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === '53100') return 'full'
  if (/^(?:ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|ETIMEDOUT|57|08|28|3D)/.test(code)) return 'unreachable'
  return /timeout|terminated|connection/i.test(message) ? 'unreachable' : 'failed'
}

export function toHistoryFailure(error: unknown): HistoryFailure {
  if (error instanceof HistoryFailure) return error
  const reason = problemOf(error)
  const message = error instanceof Error ? error.message : String(error)
  const words = {
    full: 'The disk of the log archive is full.',
    unreachable: `The database of the log archive cannot be reached (${message}).`,
    conflict: 'The log archive was written to by somebody else.',
    failed: `The log archive cannot be used (${message}).`,
  }
  return new HistoryFailure(reason, words[reason], error)
}

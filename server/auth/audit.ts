import 'server-only'
import { CodedError, errorCode, type ErrorCode } from '#lib/api/errors'
import type { AuditEntry } from '#lib/api/audit'
import { log } from '#server/log'
import { processWide } from '#server/process-wide'
import type { Session } from './policy.ts'
import { authStore } from './store.ts'

/** What an action is done to; `name` is what people call it. */
export interface AuditTarget {
  id: string
  name: string
}

/** The note of one action, while it runs: a handler may say more about its target, and which parameters it was given. */
export interface AuditNote {
  target: (target: AuditTarget) => void
  /** Never secrets: values of environment variables, passwords, tokens. */
  params: (params: Record<string, unknown>) => void
  /** The action goes on after the answer: its outcome is that of `work`, and is written when it settles. */
  until: (work: Promise<unknown>) => void
  /** Writes the outcome; called once by `handle`, or by whoever runs the action (a shell: when it ends). */
  finish: (error?: unknown) => void
}

const naming = processWide('audit-naming', () => ({
  find: (_noun: string, _id: string): string | null => null,
}))

/** Lets the live model name targets: `noun` is the first word of the action, e.g. `container`. */
export function nameAuditTargetsBy(find: (noun: string, id: string) => string | null): void {
  naming.find = find
}

/** Who an action is put down to. */
export type Actor = Pick<Session, 'userName' | 'role' | 'sessionHash'> & {
  ip: string
  tokenName?: string | null
}

/** Writes down who is about to do what, before it is done; throws `audit_unavailable` when that is impossible. */
export function beginAudit(who: Actor, action: string, targetId: string): AuditNote {
  const startedAt = Date.now()
  const target = { id: targetId, name: targetName(action, targetId) }
  let params: Record<string, unknown> = {}
  let work: Promise<unknown> | null = null
  const id = insertIntent(who, action, target, startedAt)
  const write = (error?: unknown): void => writeOutcome(id, { target, params, startedAt, error })
  return {
    target: (better) => Object.assign(target, better),
    params: (more) => {
      params = { ...params, ...more }
    },
    until: (longer) => {
      work = longer
    },
    finish: (error) => {
      // The live model may have learned the name while the action ran.
      target.name ||= targetName(action, target.id)
      if (work === null || error !== undefined) write(error)
      else void work.then(() => write(), write)
    },
  }
}

interface Outcome {
  target: AuditTarget
  params: Record<string, unknown>
  startedAt: number
  error: unknown
}

function writeOutcome(id: number | bigint, { target, params, startedAt, error }: Outcome): void {
  try {
    authStore()
      .prepare(
        'UPDATE audit SET target_id = ?, target_name = ?, params = ?, result = ?, error = ?, duration_ms = ? WHERE id = ?',
      )
      .run(
        target.id,
        target.name,
        JSON.stringify(params),
        resultOf(error),
        error === undefined ? null : (errorCode(error) ?? 'internal'),
        Date.now() - startedAt,
        id,
      )
  } catch (cause) {
    // The intent row stands, without an outcome: the action did happen, and its answer must not claim otherwise.
    log.error('the outcome of an action could not be written to the audit', { error: String(cause) })
  }
}

function insertIntent(who: Actor, action: string, target: AuditTarget, at: number): number | bigint {
  try {
    return authStore()
      .prepare(
        "INSERT INTO audit (at, user, role, ip, session, token, action, target_id, target_name, params) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')",
      )
      .run(
        at,
        who.userName,
        who.sessionHash === '' ? 'anonymous' : who.role,
        who.ip,
        who.sessionHash.slice(0, 16),
        who.tokenName ?? '',
        action,
        target.id,
        target.name,
      ).lastInsertRowid
  } catch (cause) {
    log.error('the audit cannot be written', { action, error: String(cause) })
    throw new CodedError('audit_unavailable', 'Composure cannot write its audit, so it changes nothing.', {
      hint: 'Check that its data directory is writable and the disk has room.',
      cause,
    })
  }
}

const deniedCodes: ReadonlySet<ErrorCode> = new Set([
  'role_too_low',
  'people_only',
  'out_of_reach',
  'read_only',
  'secret_missing',
  'origin_refused',
  'wrong_credentials',
  'setup_code_wrong',
  'too_many_attempts',
])

function resultOf(error: unknown): AuditEntry['result'] {
  if (error === undefined) return 'ok'
  const code = errorCode(error)
  return code && deniedCodes.has(code) ? 'denied' : 'failed'
}

function targetName(action: string, id: string): string {
  return naming.find(action.split('.')[0] ?? '', id) ?? ''
}

import type { DatabaseTarget } from '../config.ts'
import { databaseErrorCode, isPassing, isRefused } from './errors.ts'

/** Why this service cannot start, and what a person should check. */
export class DatabaseStartError extends Error {
  readonly code: string

  constructor(cause: unknown, target: DatabaseTarget, attempts: number) {
    super(explain(cause, target, attempts), { cause })
    this.code = databaseErrorCode(cause)
  }
}

function explain(cause: unknown, { host, port, database, user }: DatabaseTarget, attempts: number): string {
  const code = databaseErrorCode(cause)
  const where = `PostgreSQL at ${host}:${port}`
  if (code === '3D000') {
    return `${where} has no database "${database}" (${code}): check the name at the end of DATABASE_URL, or create it`
  }
  if (isRefused(cause)) {
    return `${where} refused the login of "${user}" (${code}): check user and password in DATABASE_URL`
  }
  if (isPassing(cause)) {
    return `${where} was not reachable in ${attempts} attempts (${code}): check that it runs, that host and port in DATABASE_URL are right, and that both are on one network`
  }
  return `${where} could not be prepared (${code}): ${cause instanceof Error ? cause.message : String(cause)}`
}

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  // A container that is down has no name in Docker's DNS.
  'ENOTFOUND',
  'EAI_AGAIN',
])

// SQLSTATE (PostgreSQL manual, appendix A): connection lost, out of connections or memory, shutting down or
// starting up or statement cancelled, lock not available, deadlock, and a standby that takes no writes.
const passingStates = /^(08|53|57|55P03$|40P01$|25006$)/

// Wrong password or role, and a database that does not exist.
const refusedStates = /^(28|3D000$|no_password$)/

export const undefinedTable = '42P01'

/** The errno name or SQLSTATE of a pg error; `timeout`, `terminated`, `no_password` for those without one. */
export function databaseErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if ('code' in error && typeof error.code === 'string') return error.code
  if (/timeout/i.test(error.message)) return 'timeout'
  if (/terminated|not queryable/i.test(error.message)) return 'terminated'
  if (error.message.startsWith('SASL') && error.message.includes('password must be')) return 'no_password'
  return 'unknown'
}

/** True when the same attempt may succeed later without anybody changing anything. */
export function isPassing(error: unknown): boolean {
  const code = databaseErrorCode(error)
  return code === 'timeout' || code === 'terminated' || networkCodes.has(code) || passingStates.test(code)
}

/** True when PostgreSQL answered and will not let this user in: waiting does not help. */
export function isRefused(error: unknown): boolean {
  return refusedStates.test(databaseErrorCode(error))
}

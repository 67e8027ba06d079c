import 'server-only'

export const roles = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]

/** Who a request comes from. */
export interface Session {
  userName: string
  role: Role
  /** Hash of the session id, for the audit and for ending streams; empty for someone who is not signed in. */
  sessionHash: string
}

/** What a route asks for. Reads need a session; everything that changes or streams also needs Origin and the per-session secret. */
export interface Policy {
  role: Role | 'anonymous'
  /** Set for streams: a GET that also needs the per-session secret. */
  isStream?: boolean
  /** Audit name of the action, `noun.verb`, e.g. `container.start`; each call leaves a row in the audit. `{action}` stands for the path's verb. */
  action?: string
  /** Instead of `action`, for a POST that changes nothing on the Engine: why it leaves no row. */
  unaudited?: string
}

/** True when `role` may do what `needed` may: admin > operator > viewer. */
export function roleIncludes(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}

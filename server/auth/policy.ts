import 'server-only'
import { type Role, roleIncludes } from '#lib/api/roles'

export { type Role, roleIncludes, roles } from '#lib/api/roles'

/** Who a request comes from. */
export interface Session {
  /** 0 for someone who is not signed in. */
  userId: number
  userName: string
  role: Role
  /** Hash of the session id or of the API token, for the audit and for ending streams; empty for someone who is not signed in. */
  sessionHash: string
  /** The only projects this person may see and act on; null for all of the Engine, as admins always have. */
  projects: readonly string[] | null
  /** The API token the request came with, by name; null for a browser. */
  tokenName: string | null
}

/**
 * What somebody limited to projects may do at a route. `container`, `network`, `volume`, `image`, `project`: what the path names must be of their
 * projects. `filtered`: the handler shows only what `call.session` may see (`server/auth/reach.ts`). `open`: nothing of a project is in it.
 */
export type Reach = 'container' | 'network' | 'volume' | 'image' | 'project' | 'filtered' | 'open'

/** What a route asks for. Reads need a session; everything that changes or streams also needs Origin and the per-session secret. */
export interface Policy {
  role: Role | 'anonymous'
  /** Set for streams: a GET that also needs the per-session secret; its body ends with the session. */
  isStream?: boolean
  /** Audit name of the action, `noun.verb`, e.g. `container.start`; each call leaves a row in the audit. `{action}` stands for the path's verb. */
  action?: string
  /** Instead of `action`, for a POST that changes nothing on the Engine: why it leaves no row. */
  unaudited?: string
  /** Without it people limited to projects are refused. */
  reach?: Reach
  /** The body is a file's bytes (`application/octet-stream`), of more than the usual size, and is read as it comes. */
  isUpload?: boolean
  /** For people only: API tokens are refused. Signing in, users, passwords, tokens. */
  isForPeople?: boolean
  /** A POST, PUT or DELETE that goes on with COMPOSURE_READ_ONLY: it touches neither the Engine nor its files. */
  isReadOnlySafe?: boolean
}

/** True for who may say which folder of the machine a container sees: as good as root, so admins with nothing held back only. */
export function mayBindMount(session: Pick<Session, 'role' | 'projects'>): boolean {
  return roleIncludes(session.role, 'admin') && session.projects === null
}

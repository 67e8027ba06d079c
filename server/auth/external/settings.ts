import 'server-only'
import { readFileSync } from 'node:fs'
import { type Role, roles } from '#lib/api/roles'
import { processWide } from '#server/process-wide'

/** Signing in elsewhere: by the proxy in front, or by an OpenID provider. docs/security.md explains the settings to people. */
export interface ExternalSettings {
  /** Which group (of the proxy's header, or of the provider's claim) gives which role; the highest counts. */
  rolesByGroup: ReadonlyMap<string, Role>
  /** For somebody in none of those groups; null lets them not in. */
  standardRole: Role | null
  oidc: OidcSettings | null
}

export interface OidcSettings {
  issuer: URL
  clientId: string
  /** Empty for a public client. */
  clientSecret: string
  scopes: string
  /** Where the groups stand in the claims, e.g. `groups` or `realm_access.roles`. */
  rolesClaim: string
  nameClaim: string
  /** On the button of the sign-in page. */
  name: string
}

/** The settings, read and checked once. Throws with the setting's name when one cannot be right. */
export function externalSettings(): ExternalSettings {
  return processWide('external-sign-in', readExternalSettings)
}

export function readExternalSettings(source: NodeJS.ProcessEnv = process.env): ExternalSettings {
  return {
    rolesByGroup: readRoles(source.COMPOSURE_AUTH_ROLES ?? ''),
    standardRole: readStandardRole(source.COMPOSURE_AUTH_STANDARD_ROLE || 'viewer'),
    oidc: readOidc(source),
  }
}

/** The highest role any of these groups gives, or the one for everybody; null: may not come in. */
export function roleOfGroups(groups: readonly string[], settings: ExternalSettings): Role | null {
  const given = groups.map((group) => settings.rolesByGroup.get(group.trim()))
  return roles.findLast((role) => given.includes(role)) ?? settings.standardRole
}

function readRoles(text: string): Map<string, Role> {
  const pairs = text.split(',').flatMap((pair) => (pair.trim() === '' ? [] : [pair.trim()]))
  return new Map(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=')
      const role = roles.find((each) => each === pair.slice(at + 1).trim())
      if (at > 0 && role) return [pair.slice(0, at).trim(), role]
      throw new Error(`COMPOSURE_AUTH_ROLES must be like admins=admin,devs=operator, not "${pair}"`)
    }),
  )
}

function readStandardRole(text: string): Role | null {
  if (text === 'none') return null
  const role = roles.find((each) => each === text)
  if (role) return role
  throw new Error(`COMPOSURE_AUTH_STANDARD_ROLE must be none, viewer, operator or admin, not "${text}"`)
}

function readOidc(source: NodeJS.ProcessEnv): OidcSettings | null {
  const text = source.COMPOSURE_OIDC_ISSUER
  if (!text) return null
  const issuer = URL.parse(text)
  if (!issuer || !isSafe(issuer))
    throw new Error(
      `COMPOSURE_OIDC_ISSUER must be an https address (http only on this machine), not "${text}"`,
    )
  if (!source.COMPOSURE_OIDC_CLIENT_ID)
    throw new Error('COMPOSURE_OIDC_ISSUER needs COMPOSURE_OIDC_CLIENT_ID')
  return {
    issuer,
    clientId: source.COMPOSURE_OIDC_CLIENT_ID,
    clientSecret: readSecret(source),
    scopes: source.COMPOSURE_OIDC_SCOPES || 'openid profile email',
    rolesClaim: source.COMPOSURE_OIDC_ROLES_CLAIM || 'groups',
    nameClaim: source.COMPOSURE_OIDC_NAME_CLAIM || 'preferred_username',
    name: source.COMPOSURE_OIDC_NAME || issuer.hostname,
  }
}

/** Without TLS anybody on the way could be the provider; on the loopback there is no way. */
function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

function readSecret(source: NodeJS.ProcessEnv): string {
  const file = source.COMPOSURE_OIDC_CLIENT_SECRET_FILE
  if (!file) return source.COMPOSURE_OIDC_CLIENT_SECRET ?? ''
  try {
    return readFileSync(/* turbopackIgnore: true */ file, 'utf8').trim()
  } catch (cause) {
    throw new Error(`COMPOSURE_OIDC_CLIENT_SECRET_FILE names ${file}, which cannot be read`, { cause })
  }
}

import 'server-only'

/** The claim a dotted path names (`realm_access.roles`); a claim whose own name has dots is found as it is. */
export function claimAt(claims: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path]
  let value: unknown = claims
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined
    value = (value as Record<string, unknown>)[part]
  }
  return value
}

/** The groups a claim holds: a list, or words with commas or spaces between them. */
export function groupsIn(claims: Readonly<Record<string, unknown>>, path: string): string[] {
  const value = claimAt(claims, path)
  if (Array.isArray(value)) return value.filter((each) => typeof each === 'string')
  return typeof value === 'string' ? value.split(/[\s,]+/) : []
}

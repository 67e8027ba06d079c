/** What a person may do: a viewer reads, an operator acts on what is there, an admin decides about the machine and about people. */
export const roles = ['viewer', 'operator', 'admin'] as const
export type Role = (typeof roles)[number]

/** True when `role` may do what `needed` may: admin > operator > viewer. */
export function roleIncludes(role: Role, needed: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(needed)
}

/** The lesser of two. */
export function lesserRole(a: Role, b: Role): Role {
  return roleIncludes(a, b) ? b : a
}

/** Why Compose would not take this as the name of a project, or null; it sets no length. Source: compose-go `loader.NormalizeProjectName`. */
export function projectNameProblem(name: string): string | null {
  if (/^[a-z0-9][a-z0-9_-]{0,254}$/.test(name)) return null
  return 'A project name has small letters, digits, - and _, and begins with a letter or digit.'
}

/** Why this cannot be the name of a service, or null. Source: compose-spec.json, `services.patternProperties`. */
export function serviceNameProblem(name: string): string | null {
  if (/^(?!\.+$)[a-zA-Z0-9._-]{1,128}$/.test(name)) return null
  return 'A service name has letters, digits, and . _ - only.'
}

/** Why this cannot be the name of a profile, or null. `*` means all of them. Source: compose-go `types.Project.WithProfiles`. */
export function profileNameProblem(name: string): string | null {
  if (/^(?:\*|[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127})$/.test(name)) return null
  return 'A profile name has letters, digits, and . _ - only.'
}

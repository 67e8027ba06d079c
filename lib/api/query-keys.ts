/** Keys of what is read on demand, built from each other; the live model invalidates `container(id)` when that container changes. */
export const queryKeys = {
  container: (id: string) => ['containers', id] as const,
  containerProcesses: (id: string) => ['containers', id, 'processes'] as const,
  // Not below container(id): a form that is being filled is not read again.
  containerCopy: (id: string, kind: string) => ['container-copy', id, kind] as const,
  files: (place: string, path: string) => ['files', place, path] as const,
  fileText: (place: string, path: string) => ['file-text', place, path] as const,
  execSessions: (id: string) => ['exec', id] as const,
  image: (id: string) => ['images', id] as const,
  imageAnalysis: (id: string) => ['images', id, 'analysis'] as const,
  imageComparison: (fromId: string, toId: string) => ['images', fromId, 'comparison', toId] as const,
  network: (id: string) => ['networks', id] as const,
  volume: (name: string) => ['volumes', name] as const,
  diskUsage: ['disk-usage'] as const,
  cleanup: ['cleanup'] as const,
  engine: ['engine'] as const,
  audit: ['audit'] as const,
  jobs: (project: string | null) => ['jobs', project] as const,
  composePlaces: ['compose-places'] as const,
  composeFolder: (path: string) => ['compose-folder', path] as const,
  composePreview: (project: string, verb: string, options: string) =>
    ['compose-preview', project, verb, options] as const,
  users: ['users'] as const,
  tokens: ['tokens'] as const,
  registries: ['registries'] as const,
  accountSessions: ['account', 'sessions'] as const,
}

import type { Role } from '#lib/api/roles'

/** What each role may do, in a sentence. */
export const roleWords: Record<Role, string> = {
  viewer: 'Sees everything but secrets, changes nothing.',
  operator: 'Starts, stops, opens shells, reveals secrets, removes.',
  admin: 'Also decides about Compose files, bind mounts, users and the audit.',
}

/** "all", or the projects somebody is limited to. */
export function ReachText({ projects }: { projects: readonly string[] | null }) {
  if (projects === null) return <span className="text-muted">everything</span>
  if (projects.length === 0) return <span className="text-faint">nothing</span>
  return (
    <span className="block max-w-60 truncate" title={projects.join(', ')}>
      {projects.join(', ')}
    </span>
  )
}

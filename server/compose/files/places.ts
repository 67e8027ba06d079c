import 'server-only'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { CodedError } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'
import { projectNameProblem } from '#lib/compose/names'
import type { Container } from '#lib/docker/containers/container'
import { snapshot } from '#server/engine/model/live-model'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'

const schema = `
  CREATE TABLE IF NOT EXISTS compose_places (
    project TEXT PRIMARY KEY, working_dir TEXT NOT NULL, config_files TEXT NOT NULL, env_files TEXT NOT NULL,
    added_by TEXT NOT NULL, added_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`

function table(): DatabaseSync {
  return processWide('compose.places', () => {
    const store = database()
    store.exec(schema)
    return store
  })
}

/** Where a project's files are: as the labels of its newest container say, else as remembered. Throws `not_found`, `files_unreadable`. */
export function findPlace(project: string): ComposeTarget {
  const target = labelledPlace(project) ?? rememberedPlace(project)
  if (!target)
    throw new CodedError(
      'files_unreadable',
      `Composure does not know where the files of ${project.slice(0, 100)} are.`,
      {
        hint: 'Its containers are gone, and they carried the path. Add the project from its folder, or run docker compose up there.',
      },
    )
  if (projectNameProblem(project) !== null)
    throw new CodedError(
      'compose_invalid',
      `Compose takes no project of the name ${project.slice(0, 100)}.`,
      {
        hint: projectNameProblem(project) ?? '',
      },
    )
  return target
}

/** As Compose wrote it on the container that it made last. */
function labelledPlace(project: string): ComposeTarget | null {
  const containers = snapshot().containers.filter(
    ({ compose }) => compose?.project === project && compose.workingDir !== '',
  )
  const newest = containers.reduce<Container | null>(
    (best, each) => (best === null || each.createdAtMs > best.createdAtMs ? each : best),
    null,
  )
  const { compose } = newest ?? {}
  if (!compose || compose.configFiles.length === 0) return null
  const { workingDir, configFiles, environmentFiles } = compose
  return { project, workingDir, configFiles, envFiles: environmentFiles }
}

function rememberedPlace(project: string): ComposeTarget | null {
  const row = table().prepare('SELECT * FROM compose_places WHERE project = ?').get(project)
  return row ? toTarget(row) : null
}

/** Every remembered project, whether it runs or not, by name. */
export function rememberedPlaces(): ComposeTarget[] {
  return table().prepare('SELECT * FROM compose_places ORDER BY project').all().map(toTarget)
}

/** Remembers where a project lives, so that it can be started when none of its containers is left to say so. */
export function rememberPlace(target: ComposeTarget, who: string): void {
  table()
    .prepare(
      `INSERT INTO compose_places VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (project) DO UPDATE SET
         working_dir = excluded.working_dir, config_files = excluded.config_files, env_files = excluded.env_files`,
    )
    .run(
      target.project,
      target.workingDir,
      JSON.stringify(target.configFiles),
      JSON.stringify(target.envFiles),
      who,
      Date.now(),
    )
}

export function forgetPlace(project: string): void {
  table().prepare('DELETE FROM compose_places WHERE project = ?').run(project)
}

function toTarget(row: Record<string, SQLOutputValue>): ComposeTarget {
  return {
    project: String(row.project),
    workingDir: String(row.working_dir),
    configFiles: JSON.parse(String(row.config_files)) as string[],
    envFiles: JSON.parse(String(row.env_files)) as string[],
  }
}

import 'server-only'
import type {
  HistoryContainer,
  HistoryOverview,
  HistoryProjectUse,
  HistoryServiceUse,
  HistorySettings,
} from '#lib/api/history'
import { CodedError } from '#lib/api/errors'
import type { EngineSnapshot } from '#lib/docker/engine'
import type { Session } from '#server/auth/policy'
import { mayReachProject, reachable } from '#server/auth/reach'
import { snapshot } from '#server/engine/model/live-model'
import { history, recorder } from './history.ts'

/** How recording goes, what is set, and what is kept, by project and service. */
export async function historyOverview(session: Session): Promise<HistoryOverview> {
  const store = history()
  const settings = await store.settings()
  const containers = await listHistory(session, {})
  return {
    store: store.kind,
    recording: recorder().state,
    settings,
    storedBytes: sum(containers, (each) => each.storedBytes),
    lineCount: sum(containers, (each) => each.lineCount),
    projects: projectsOf(containers, settings, reachable(session, snapshot())),
  }
}

/**
 * Containers of which logs are kept, those a person may see: of a project (empty: outside projects), or by an id or its
 * beginning. Throws `container_not_found` for `must exist` where there is none.
 */
export async function listHistory(
  session: Session,
  { project, id }: { project?: string | undefined; id?: string | undefined },
  need: 'any' | 'must exist' = 'any',
): Promise<HistoryContainer[]> {
  const target = id !== undefined ? { idPrefix: id } : project !== undefined ? { project } : null
  const all = await history().list(target ? [target] : undefined)
  const own = all.filter((container) => mayReachProject(session, container.project || null))
  if (own.length > 0 || need === 'any') return own
  throw new CodedError('container_not_found', 'The log archive knows no such container.')
}

/** Projects of the archive, and those of the Engine of which nothing is kept yet; containers outside come last. */
function projectsOf(
  containers: readonly HistoryContainer[],
  settings: HistorySettings,
  model: EngineSnapshot,
): HistoryProjectUse[] {
  const names = new Set(containers.map(({ project }) => project))
  for (const container of model.containers) names.add(container.compose?.project ?? '')
  return [...names]
    .sort((a, b) => Number(a === '') - Number(b === '') || a.localeCompare(b))
    .map((project) => {
      const own = containers.filter((each) => each.project === project)
      return {
        project,
        isRecorded: project === '' ? settings.isOutsideRecorded : !settings.projectsOff.includes(project),
        ...use(own),
        textBytes: sum(own, (each) => each.textBytes),
        letGoLines: sum(own, (each) => each.letGoLines),
        services: servicesOf(own),
      }
    })
}

function servicesOf(containers: readonly HistoryContainer[]): HistoryServiceUse[] {
  return [...Map.groupBy(containers, ({ service, name }) => service || name)]
    .map(([service, own]) => ({ service, containerCount: own.length, ...use(own) }))
    .sort((a, b) => a.service.localeCompare(b.service))
}

function use(containers: readonly HistoryContainer[]): Omit<HistoryServiceUse, 'service' | 'containerCount'> {
  const first = containers.flatMap(({ firstLineAtMs }) => firstLineAtMs ?? [])
  const last = containers.flatMap(({ lastLineAtMs, lineCount }) =>
    lineCount > 0 ? (lastLineAtMs ?? []) : [],
  )
  return {
    storedBytes: sum(containers, (each) => each.storedBytes),
    lineCount: sum(containers, (each) => each.lineCount),
    firstLineAtMs: first.length > 0 ? Math.min(...first) : null,
    lastLineAtMs: last.length > 0 ? Math.max(...last) : null,
  }
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0)
}

import 'server-only'
import type {
  HistoryContainer,
  HistoryOverview,
  HistoryProjectUse,
  HistoryServiceUse,
  HistorySettings,
} from '#lib/api/history'
import { snapshot } from '#server/engine/live-model'
import { history, recorder } from './history.ts'

/** How recording goes, what is set, and what is kept, by project and service. */
export async function historyOverview(): Promise<HistoryOverview> {
  const store = history()
  const settings = await store.settings()
  const containers = await store.list()
  return {
    store: store.kind,
    recording: recorder().state,
    settings,
    storedBytes: sum(containers, (each) => each.storedBytes),
    lineCount: sum(containers, (each) => each.lineCount),
    projects: projectsOf(containers, settings),
  }
}

/** Projects of the archive, and those of the Engine of which nothing is kept yet; containers outside come last. */
function projectsOf(containers: readonly HistoryContainer[], settings: HistorySettings): HistoryProjectUse[] {
  const names = new Set(containers.map(({ project }) => project))
  for (const container of snapshot().containers) names.add(container.compose?.project ?? '')
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

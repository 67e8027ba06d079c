import 'server-only'
import type { HistoryContainer } from '#lib/api/history'
import type { Container } from '#lib/docker/containers/container'
import { modelContainer } from '#server/engine/model/live-model'
import { history } from '#server/history/history'
import { historyPlace } from '#server/history/place'
import type { HistoryTarget } from '#server/history/store'
import { log } from '#server/log'

/** An archive that answers later is left out: logs of what runs are shown without it. */
const answerMs = 2_000
/** Containers of `docker compose run` that are gone: the last ones. */
const maxOneOffs = 5

/** What the archive has of some targets; nothing where it is switched off or does not answer. */
export async function listKept(targets: readonly HistoryTarget[]): Promise<HistoryContainer[]> {
  if (!historyPlace()) return []
  let timer: NodeJS.Timeout | null = null
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), answerMs)
  })
  try {
    return await Promise.race([history().list(targets), late])
  } catch (error) {
    log.warn('the log archive is left out', { error: String(error) })
    return []
  } finally {
    if (timer) clearTimeout(timer)
  }
}

/** The service of a container, where it has one: the containers before it are part of its timeline. */
export function timelineOf(container: Container): HistoryTarget {
  const { compose, id } = container
  return compose && !compose.isOneOff
    ? { project: compose.project, service: compose.service, number: compose.number }
    : { containerId: id }
}

/**
 * Of the containers the Engine no longer has, those that stand for their replica: the youngest of each that has no live
 * container; older ones are reached through them. `isEvery`: all, to read each from its start.
 */
export function goneOf(kept: readonly HistoryContainer[], isEvery: boolean): HistoryContainer[] {
  const isLive = ({ containerId }: HistoryContainer): boolean => modelContainer(containerId) !== null
  const gone = kept.filter((container) => !isLive(container) && container.lineCount > 0)
  if (isEvery) return gone
  const liveReplicas = new Set(kept.filter(isLive).map(replicaOf))
  const youngest = new Map<string, HistoryContainer>()
  for (const container of gone) if (!container.isOneOff) youngest.set(replicaOf(container), container)
  const replicas = [...youngest].filter(([replica]) => !liveReplicas.has(replica)).map(([, each]) => each)
  return [...replicas, ...gone.filter(({ isOneOff }) => isOneOff).slice(-maxOneOffs)]
}

/** Whether the archive has lines in front of the first one the Engine has of a container (`firstMs`; null: it has none). */
export function hasEarlierKept(
  kept: readonly HistoryContainer[],
  containerId: string,
  firstMs: number | null,
): boolean {
  const own = kept.find((container) => container.containerId === containerId)
  if (own && own.lineCount > 0 && firstMs !== null && (own.firstLineAtMs ?? Infinity) < firstMs) return true
  return olderGenerations(kept, containerId).some(({ lineCount }) => lineCount > 0)
}

/** The containers that stood in a container's place before it, from the youngest to the oldest. */
export function olderGenerations(kept: readonly HistoryContainer[], containerId: string): HistoryContainer[] {
  const container = modelContainer(containerId)
  const own = kept.find((each) => each.containerId === containerId)
  const createdAtMs = container?.createdAtMs ?? own?.createdAtMs ?? 0
  const replica = own ? replicaOf(own) : container ? liveReplica(container) : ''
  if (own?.isOneOff || container?.compose?.isOneOff) return []
  return kept
    .filter(
      (each) =>
        each.containerId !== containerId && replicaOf(each) === replica && each.createdAtMs <= createdAtMs,
    )
    .toSorted((a, b) => b.createdAtMs - a.createdAtMs)
}

/** Containers of one name are one timeline outside Compose, one replica of a service inside. */
function replicaOf({ project, service, number, name, isOneOff }: HistoryContainer): string {
  return JSON.stringify(service && !isOneOff ? [project, service, number] : [project, name])
}

function liveReplica({ compose, name }: Container): string {
  return JSON.stringify(
    compose && !compose.isOneOff ? [compose.project, compose.service, compose.number] : ['', name],
  )
}

import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import type { Container } from '#lib/docker/containers/container'
import type { Session } from '#server/auth/policy'
import type { LogSource } from '#lib/logs/wire'
import { mayReachProject, reachableSnapshot } from '#server/auth/reach'
import { history } from '#server/history/history'
import { historyPlace } from '#server/history/place'

/** Whose logs: a project, some containers by id, or everything; of them the services (or names) that are asked for. */
export const logTargetParams = z.object({
  project: z.string().min(1).max(255).optional(),
  containers: z.string().max(20_000).optional(),
  services: z.string().max(5_000).optional(),
})

/** Containers of one request; projects that are made anew every hour have many. */
const maxSources = 500

export type LogTargetParams = z.infer<typeof logTargetParams>

const listOf = (text: string | undefined): string[] => (text ? text.split(',').filter(Boolean) : [])

/** One container whose lines are somewhere: at the Engine, in the archive, or both. */
export interface TargetSource {
  containerId: string
  name: string
  /** Compose service, or empty. */
  service: string
  number: number
  /** Null: the Engine no longer has it. */
  container: Container | null
}

/**
 * The containers of a target that this person may see, those the Engine has first, then those only the archive remembers,
 * youngest first. Throws `container_not_found` for an id that is nowhere.
 */
export async function targetSources(session: Session, target: LogTargetParams): Promise<TargetSource[]> {
  const { containers } = await reachableSnapshot(session)
  const ids = listOf(target.containers)
  const services = new Set(listOf(target.services))
  const live = containers.map(fromContainer)
  const liveIds = new Set(containers.map(({ id }) => id))
  const gone = (await archived(session)).filter(({ containerId }) => !liveIds.has(containerId))
  const all = [...live, ...gone]
  const chosen =
    ids.length > 0
      ? ids.map((id) => found(all.find(({ containerId }) => containerId.startsWith(id))))
      : all.filter(({ project }) => !target.project || project === target.project)
  return chosen
    .filter(({ name, service }) => services.size === 0 || services.has(service || name))
    .slice(0, maxSources)
}

type Remembered = TargetSource & { project: string }

function fromContainer(container: Container): Remembered {
  const { id, name, compose } = container
  return {
    containerId: id,
    name,
    service: compose?.service ?? '',
    number: compose?.number ?? 0,
    project: compose?.project ?? '',
    container,
  }
}

/** What the archive remembers; nothing where it cannot be asked: the Engine's lines are there all the same. */
async function archived(session: Session): Promise<Remembered[]> {
  if (!historyPlace()) return []
  const kept = await history()
    .list()
    .catch(() => [])
  return kept
    .filter(({ lineCount, project }) => lineCount > 0 && mayReachProject(session, project || null))
    .reverse()
    .map(({ containerId, name, service, number, project }) => ({
      containerId,
      name,
      service,
      number,
      project,
      container: null,
    }))
}

function found(source: Remembered | undefined): Remembered {
  if (source) return source
  throw new CodedError('container_not_found', 'There is no such container.', {
    hint: 'It may have just been removed, and no line of it was recorded.',
  })
}

/** How a source is named in what goes over the wire. */
export function toLogSource({ containerId, name, service, number }: TargetSource, index: number): LogSource {
  return { index, containerId, name, service, number }
}

import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { EngineSnapshot } from '#lib/docker/engine'
import { limitToProjects } from '#lib/docker/containers/limit'
import { firstSnapshot, snapshot } from '#server/engine/model/live-model'
import type { Reach, Session } from './policy.ts'

type Limited = Pick<Session, 'projects'>

/** The model as this person may see it. */
export function reachable(session: Limited, model: EngineSnapshot): EngineSnapshot {
  return session.projects === null ? model : limitToProjects(model, session.projects)
}

/** As `firstSnapshot()`, limited to what this person may see. */
export async function reachableSnapshot(session: Limited): Promise<EngineSnapshot> {
  return reachable(session, await firstSnapshot())
}

/** True when this person may see and act on a project; null stands for "outside of projects". */
export function mayReachProject(session: Limited, project: string | null): boolean {
  return session.projects === null || (project !== null && session.projects.includes(project))
}

/** The same for a container of the model, by its id or the beginning of it. */
export function mayReachContainer(session: Limited, id: string): boolean {
  return session.projects === null || onlyId(reachable(session, snapshot()).containers, id) !== null
}

/**
 * The path's parameters for somebody limited to projects, with ids in full, so that whoever runs next cannot take them for something else. Throws
 * `out_of_reach` where the route says nothing about them, and `…_not_found` for what is not theirs: they cannot tell it from what does not exist.
 */
export async function requireReach<Params>(
  session: Limited,
  reach: Reach | undefined,
  params: Params,
): Promise<Params> {
  if (session.projects === null || reach === 'open' || reach === 'filtered') return params
  if (reach === undefined)
    throw new CodedError('out_of_reach', 'This concerns more than the projects you may see.', {
      hint: `Yours: ${session.projects.join(', ') || 'none'}. An admin can change that.`,
    })
  const { projects } = session
  const model = await reachableSnapshot(session)
  // Every key of a path's parameters is a string.
  const given = { ...(params as Record<string, string>) }
  for (const [key, value] of Object.entries(given)) {
    const noun = key === 'containerId' ? 'container' : reach
    const full = resolve({ model, projects }, noun, key, value)
    if (full !== null) given[key] = full
  }
  return given as Params
}

/** The full id or name behind one parameter; null for parameters that name no object, like an action. */
function resolve(
  { model, projects }: { model: EngineSnapshot; projects: readonly string[] },
  reach: Reach,
  key: string,
  text: string,
): string | null {
  const value = decodeURIComponent(text)
  if (key === 'project') return requireFound('not_found', projects.includes(value) ? text : null)
  if (key !== 'id' && key !== 'containerId' && key !== 'name') return null
  switch (reach) {
    case 'container':
      return requireFound('container_not_found', onlyId(model.containers, value))
    case 'network':
      return requireFound('network_not_found', onlyId(model.networks, value))
    case 'image':
      return requireFound('image_not_found', onlyId(model.images, `sha256:${value}`)?.slice(7) ?? null)
    case 'volume':
      return requireFound('volume_not_found', model.volumes.some((one) => one.name === value) ? text : null)
    default:
      return null
  }
}

function onlyId(items: readonly { id: string }[], beginning: string): string | null {
  const found = items.filter(({ id }) => id.startsWith(beginning))
  return found.length === 1 ? (found[0]?.id ?? null) : null
}

function requireFound(
  code: 'not_found' | 'container_not_found' | 'network_not_found' | 'image_not_found' | 'volume_not_found',
  found: string | null,
): string {
  if (found !== null) return found
  const noun = code === 'not_found' ? 'project' : code.replace('_not_found', '')
  throw new CodedError(code, `There is no such ${noun}.`, {
    hint: `The list of ${noun}s has those you may see.`,
  })
}

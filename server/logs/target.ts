import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import type { Container } from '#lib/docker/container'
import type { Session } from '#server/auth/policy'
import { reachableSnapshot } from '#server/auth/reach'

/** Whose logs: a project, some containers by id, or everything; of them the services (or names) that are asked for. */
export const logTargetParams = z.object({
  project: z.string().min(1).max(255).optional(),
  containers: z.string().max(20_000).optional(),
  services: z.string().max(5_000).optional(),
})

export type LogTargetParams = z.infer<typeof logTargetParams>

const listOf = (text: string | undefined): string[] => (text ? text.split(',').filter(Boolean) : [])

/** The containers of a target that this person may see. Throws `container_not_found` for an id that is not among them. */
export async function targetContainers(session: Session, target: LogTargetParams): Promise<Container[]> {
  const { containers } = await reachableSnapshot(session)
  const ids = listOf(target.containers)
  const services = new Set(listOf(target.services))
  const chosen =
    ids.length > 0
      ? ids.map((id) => found(containers.find((container) => container.id.startsWith(id))))
      : containers.filter(({ compose }) => !target.project || compose?.project === target.project)
  return chosen.filter(({ name, compose }) => services.size === 0 || services.has(compose?.service || name))
}

function found(container: Container | undefined): Container {
  if (container) return container
  throw new CodedError('container_not_found', 'There is no such container.', {
    hint: 'It may have just been removed.',
  })
}

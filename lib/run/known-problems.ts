import type { Container } from '../docker/containers/container.ts'
import type { Image } from '../docker/images/image.ts'
import { parseImageReference, repositoryAndTag } from '../docker/images/image-reference.ts'
import type { Network } from '../docker/networks/network.ts'
import { readPortRange } from './port-syntax.ts'
import { isImageId } from './run-problems.ts'
import type { RunPort, RunSpec } from './run-spec.ts'

/** What is on the Engine now, as far as a new container may collide with it. */
export interface Known {
  containers: readonly Container[]
  images: readonly Image[]
  networks: readonly Network[]
  /** The container that is made again: it gives its name and ports up. */
  replacedId: string | null
}

/** A collision with what is there: words for its field, and the container in the way. */
export interface Collision {
  message: string
  holder: Container | null
}

/** What the Engine would refuse as things stand, by field: `name`, `ports.0`, `networks.0`. */
export function knownProblems(spec: RunSpec, known: Known): ReadonlyMap<string, Collision> {
  const problems = new Map<string, Collision>()
  const others = known.containers.filter(({ id }) => id !== known.replacedId)
  const namesake = spec.name === '' ? undefined : others.find(({ name }) => name === spec.name)
  if (namesake)
    problems.set('name', {
      message: `The container ${namesake.id.slice(0, 12)} has this name.`,
      holder: namesake,
    })
  for (const [index, port] of spec.ports.entries()) {
    const holder = others.find((container) => holds(container, port))
    if (holder)
      problems.set(`ports.${index}`, {
        message: `Port ${port.hostPort} is held by the container ${holder.name}.`,
        holder,
      })
  }
  for (const [index, { name }] of spec.networks.entries()) {
    const problem = networkMissing(name, known)
    if (problem) problems.set(`networks.${index}`, { message: problem, holder: null })
  }
  return problems
}

function holds(container: Container, { hostPort, hostIp, protocol }: RunPort): boolean {
  const range = readPortRange(hostPort)
  // A single port inside may take any free one of a range.
  if (range === null || range.first !== range.last) return false
  return container.ports.some(
    (port) =>
      port.hostPort === range.first &&
      port.protocol === protocol &&
      (isAny(hostIp) || isAny(port.hostIp) || port.hostIp === hostIp),
  )
}

const isAny = (ip: string): boolean => ip === '' || ip === '0.0.0.0' || ip === '::'

function networkMissing(name: string, { networks, containers }: Known): string | null {
  if (name === '' || name === 'default') return null
  const shared = /^container:(.+)$/.exec(name)?.[1]
  if (shared !== undefined)
    return containers.some((container) => container.name === shared || container.id.startsWith(shared))
      ? null
      : `There is no container ${shared}.`
  const isHere = networks.some(
    (network) => network.name === name || (name.length >= 12 && network.id.startsWith(name)),
  )
  return isHere || networks.length === 0
    ? null
    : `There is no network ${name}: create it first, or choose another.`
}

/** The image here that a reference or an id means, or null: it would have to be pulled. */
export function localImage(text: string, images: readonly Image[]): Image | null {
  const byId = isImageId(text)
    ? images.find(({ id }) => id.replace(/^sha256:/, '').startsWith(text.replace(/^sha256:/, '')))
    : undefined
  if (byId) return byId
  const reference = parseImageReference(text)
  const target = repositoryAndTag(text)
  if (!reference || !target) return null
  const isHub = reference.registry === 'docker.io'
  const repository = isHub ? reference.path.replace(/^library\//, '') : target.repository
  const name = reference.digest === '' ? `${repository}:${target.tag}` : `${repository}@${reference.digest}`
  return images.find(({ tags, digests }) => tags.includes(name) || digests.includes(name)) ?? null
}

/** A field's path and words in a refusal of the server (`ports.0: ...`), or null when it is about no single field. */
export function refusedField(
  code: string | null,
  message: string,
): { field: string; message: string } | null {
  if (code === 'name_taken') return { field: 'name', message }
  if (code === 'image_not_found') return { field: 'image', message }
  const match = code === 'bad_request' ? /^(?:spec\.)?([a-zA-Z]+(?:\.\w+)*): (.+)$/s.exec(message) : null
  return match?.[1] && match[2] ? { field: match[1], message: match[2] } : null
}

import type { Container } from '../containers/container.ts'
import { containerTone, isCompleted, type Tone } from '../containers/container-words.ts'
import type { EngineSnapshot } from '../engine.ts'
import type { Network } from '../networks/network.ts'
import type { Volume } from '../volumes/volume.ts'

/** A service of a project: what its containers have in common. */
export interface Service {
  name: string
  /** Replicas by number, without one-off containers. */
  containers: Container[]
  tone: Tone
  /** Made to run once, and every container of it ended well. */
  isCompleted: boolean
}

/** A Compose project as the Engine shows it: derived from labels, never stored. */
export interface Project {
  name: string
  /** By name; what has completed comes last. */
  services: Service[]
  /** Containers of `docker compose run` and hooks. */
  oneOffs: Container[]
  networks: Network[]
  volumes: Volume[]
  /** Host path of the project folder as Compose saw it, or empty. */
  workingDir: string
  configFiles: string[]
  tone: Tone
  /** How the project is, in a few words: "1 of 4 services needs you", "all well", "down, keeps 1 volume". */
  summary: string
  /** When a container of it last started or ended; null where nothing ever ran. */
  changedAtMs: number | null
}

/** Every project that has a container, a network or a volume, by name, as it is at `nowMs`. Source: Compose's labels on all three. */
export function projectsOf(
  model: Pick<EngineSnapshot, 'containers' | 'networks' | 'volumes'>,
  nowMs: number,
): Project[] {
  const parts = new Map<string, Parts>()
  const partOf = (name: string) => {
    const part = parts.get(name) ?? { containers: [], networks: [], volumes: [] }
    parts.set(name, part)
    return part
  }
  for (const container of model.containers)
    if (container.compose) partOf(container.compose.project).containers.push(container)
  for (const network of model.networks)
    if (network.compose) partOf(network.compose.project).networks.push(network)
  for (const volume of model.volumes) if (volume.compose) partOf(volume.compose.project).volumes.push(volume)
  return [...parts]
    .map(([name, part]) => toProject(name, part, nowMs))
    .sort((a, b) => compareNames(a.name, b.name))
}

/** Containers that belong to no project. */
export function outsideProjects(containers: readonly Container[]): Container[] {
  return containers.filter(({ compose }) => compose === null).sort((a, b) => compareNames(a.name, b.name))
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const compareNames = (a: string, b: string): number => collator.compare(a, b)

type Parts = Pick<Project, 'networks' | 'volumes'> & { containers: Container[] }

function toProject(name: string, { containers, networks, volumes }: Parts, nowMs: number): Project {
  const oneOffs = containers.filter(({ compose }) => compose?.isOneOff)
  const services = toServices(
    containers.filter(({ compose }) => compose && !compose.isOneOff),
    nowMs,
  )
  // The container made last knows best where the project lives now.
  const newest = [...containers].sort((a, b) => b.createdAtMs - a.createdAtMs)[0]
  const changes = containers.flatMap(({ startedAtMs, finishedAtMs }) => [startedAtMs ?? 0, finishedAtMs ?? 0])
  return {
    name,
    services,
    oneOffs,
    networks: networks.sort((a, b) => compareNames(a.name, b.name)),
    volumes: volumes.sort((a, b) => compareNames(a.name, b.name)),
    workingDir: newest?.compose?.workingDir ?? '',
    configFiles: newest?.compose?.configFiles ?? [],
    ...describeProject(services, volumes, nowMs),
    changedAtMs: Math.max(0, ...changes) || null,
  }
}

function toServices(containers: readonly Container[], nowMs: number): Service[] {
  // What others wait for to complete is a task, however long it ran.
  const tasks = new Set(
    containers.flatMap(({ compose }) =>
      (compose?.dependsOn ?? [])
        .filter(({ condition }) => condition === 'service_completed_successfully')
        .map(({ service }) => service),
    ),
  )
  const byName = new Map<string, Container[]>()
  for (const container of containers) {
    const name = container.compose?.service ?? ''
    byName.set(name, [...(byName.get(name) ?? []), container])
  }
  return [...byName]
    .map(([name, replicas]) => ({
      name,
      containers: replicas.sort((a, b) => (a.compose?.number ?? 0) - (b.compose?.number ?? 0)),
      tone: serviceTone(replicas, nowMs),
      isCompleted: replicas.every((one) => isCompleted(one) || (tasks.has(name) && hasEndedWell(one))),
    }))
    .sort((a, b) => Number(a.isCompleted) - Number(b.isCompleted) || compareNames(a.name, b.name))
}

const hasEndedWell = ({ state, exitCode }: Container): boolean => state === 'exited' && exitCode === 0

/** The worst of its replicas; some running and some stopped is worth a look. */
function serviceTone(containers: readonly Container[], nowMs: number): Tone {
  const tones = new Set(containers.map((container) => containerTone(container, nowMs)))
  if (tones.has('bad')) return 'bad'
  if (tones.has('warn') || (tones.has('good') && tones.has('idle'))) return 'warn'
  return tones.has('good') ? 'good' : 'idle'
}

function describeProject(
  services: readonly Service[],
  volumes: readonly Volume[],
  nowMs: number,
): Pick<Project, 'tone' | 'summary'> {
  const total = services.length
  const bad = services.filter(({ tone }) => tone === 'bad').length
  const unready = services.filter(({ tone }) => tone === 'warn')
  const active = services.filter((service) => !service.isCompleted)
  const stopped = active.filter(({ tone }) => tone === 'idle').length
  if (total === 0) return { tone: 'idle', summary: downSummary(volumes.length) }
  if (bad > 0)
    return { tone: 'bad', summary: `${ofServices(bad, total)} ${bad === 1 ? 'needs' : 'need'} you` }
  if (stopped === active.length && unready.length === 0)
    return { tone: 'idle', summary: active.length === 0 ? 'completed' : 'stopped' }
  if (unready.length > 0) return { tone: 'warn', summary: unreadySummary(unready, total, nowMs) }
  if (stopped > 0) return { tone: 'warn', summary: `${ofServices(stopped, total)} stopped` }
  return { tone: 'good', summary: 'all well' }
}

function unreadySummary(unready: readonly Service[], total: number, nowMs: number): string {
  const states = unready.flatMap(({ containers }) =>
    containers.filter((one) => containerTone(one, nowMs) === 'warn'),
  )
  const isPaused = states.length > 0 && states.every(({ state }) => state === 'paused')
  if (isPaused) return `${ofServices(unready.length, total)} paused`
  if (states.some(({ health, state }) => state === 'running' && health === 'starting'))
    return `${ofServices(unready.length, total)} starting`
  return `${ofServices(unready.length, total)} not fully up`
}

const ofServices = (count: number, total: number): string =>
  total === 1 ? 'its service' : `${count} of ${total} services`

const downSummary = (volumes: number): string =>
  volumes === 0 ? 'down' : `down, keeps ${volumes === 1 ? '1 volume' : `${volumes} volumes`}`

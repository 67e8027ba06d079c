import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { composeCommand } from '#lib/compose/arguments'
import type { ComposeModel } from '#lib/compose/model'
import type { DownPreview, PlannedContainer, UpPreview } from '#lib/compose/preview'
import type { PlannedStep } from '#lib/compose/plan'
import type { DownRequest, UpRequest } from '#lib/compose/request'
import type { Container } from '#lib/docker/containers/container'
import { isAlive } from '#lib/docker/containers/container'
import { measureDiskUsage } from '#server/engine/disk-usage'
import { snapshot } from '#server/engine/model/live-model'
import { operableTarget } from '#server/compose/files/target'
import { changesOf } from './inspect.ts'
import { readModel } from '#server/compose/cli/model'
import { ownService } from '#server/compose/own-project'
import { networkChanges, networksMadeAnew } from './networks.ts'
import { planDown, planUp } from './plan.ts'
import { preflight } from './preflight.ts'

/** Walking the disk of a large Engine takes long; what goes is told without its size then. */
const sizesDeadlineMs = 4_000

const containersOf = (project: string): Container[] =>
  snapshot().containers.filter(({ compose }) => compose?.project === project)

/** What `up` with these options would do now; changes nothing. Throws `files_unreadable`, `compose_invalid`. */
export async function previewUp(project: string, request: UpRequest): Promise<UpPreview> {
  const target = await operableTarget(project)
  const { profiles } = request
  const [model, plan] = await Promise.all([readModel(target, { profiles }), planUp(target, request)])
  const steps = plan.steps.filter(({ noun }) => noun === 'container')
  const replaced = new Set(
    steps.flatMap(({ name, change }) => (change === 'recreate' ? [serviceOf(model, name)] : [])),
  )
  const replacedNetworks = networksMadeAnew(plan.steps)
  const containers = await Promise.all(
    steps.map((step) => plannedContainer(model, step, request, replaced, replacedNetworks)),
  )
  const starting = containers.filter(({ change }) => change !== 'unchanged' && change !== 'remove')
  const own = ownService(project)
  return {
    verb: 'up',
    command: composeCommand(target, { verb: 'up', ...request }),
    containers,
    images: imagesOf(model, plan.steps, request),
    networks: namesOf(plan.steps, 'network').filter((name) => !replacedNetworks.includes(name)),
    replacedNetworks,
    volumes: namesOf(plan.steps, 'volume'),
    preflight: await preflight(model, [...new Set(starting.map(({ service }) => service))].sort(byText)),
    warnings: plan.warnings,
    isItself: containers.some(
      ({ service, change }) => service === own && (change === 'recreate' || change === 'restart'),
    ),
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

async function plannedContainer(
  model: ComposeModel,
  step: PlannedStep,
  request: UpRequest,
  replaced: ReadonlySet<string>,
  replacedNetworks: readonly string[],
): Promise<PlannedContainer> {
  const service = serviceOf(model, step.name)
  if (step.change === 'restart')
    return {
      name: step.name,
      service,
      change: 'restart',
      changes: networkChanges(step.name, replacedNetworks),
    }
  const isCompared = step.change === 'recreate'
  const changes = isCompared ? await changesOf(model, service, step.name, replaced) : []
  // Without a difference it is the wish of the person, who asked to recreate everything.
  return {
    name: step.name,
    service,
    change: step.change,
    changes: request.isForced && changes.length === 0 ? [] : changes,
  }
}

function serviceOf(model: ComposeModel, name: string): string {
  const known = containersOf(model.name).find((each) => each.name === name)?.compose?.service
  if (known) return known
  const services = Object.entries(model.services)
  const named = services.find(
    ([service, { container_name: own }]) => own === name || name.startsWith(`${model.name}-${service}-`),
  )
  return named?.[0] ?? name
}

/** Builds and pulls that the options ask for, besides those a missing image makes necessary. */
function imagesOf(
  model: ComposeModel,
  steps: readonly PlannedStep[],
  request: UpRequest,
): UpPreview['images'] {
  const wanted = request.services.length > 0 ? request.services : Object.keys(model.services)
  const asked = wanted.flatMap((service): UpPreview['images'] => {
    const isBuildable = model.services[service]?.build !== undefined
    if (isBuildable && request.isBuilt) return [{ service, change: 'build' }]
    return !isBuildable && request.isPulled ? [{ service, change: 'pull' }] : []
  })
  const needed = steps.flatMap(({ noun, name, change }): UpPreview['images'] =>
    noun === 'image' && (change === 'build' || change === 'pull') ? [{ service: name, change }] : [],
  )
  return [...new Map([...needed, ...asked].map((each) => [each.service, each])).values()]
}

const namesOf = (steps: readonly PlannedStep[], noun: PlannedStep['noun']): string[] =>
  steps.flatMap((step) => (step.noun === noun && step.change !== 'unchanged' ? [step.name] : []))

/** What `down` with these options would take away now; changes nothing. Throws `files_unreadable`, `compose_invalid`. */
export async function previewDown(project: string, request: DownRequest): Promise<DownPreview> {
  const target = await operableTarget(project)
  const plan = await planDown(target, request)
  const removed = new Set(namesOf(plan.steps, 'container'))
  const all = containersOf(project)
  const going = all.filter(({ name }) => removed.has(name))
  const volumes = await volumesOf(plan.steps, going, request)
  return {
    verb: 'down',
    command: composeCommand(target, { verb: 'down', ...request }),
    containers: going.map((each) => ({
      name: each.name,
      service: each.compose?.service ?? '',
      isRunning: isAlive(each),
    })),
    networks: existing(namesOf(plan.steps, 'network'), snapshot().networks),
    volumes,
    images: plan.steps.flatMap(({ noun, name, change }) =>
      noun === 'image' && change === 'remove' ? [name] : [],
    ),
    keptVolumes: keptVolumes(project, volumes, going),
    keptContainers: all.filter(({ name }) => !removed.has(name)).map(({ name }) => name),
    warnings: plan.warnings,
    isItself: going.some(({ compose }) => compose?.service === ownService(project)),
  }
}

const existing = (names: readonly string[], list: readonly { name: string }[]): string[] =>
  names.filter((name) => list.some((each) => each.name === name))

async function volumesOf(
  steps: readonly PlannedStep[],
  going: readonly Container[],
  { withVolumes }: DownRequest,
): Promise<DownPreview['volumes']> {
  if (!withVolumes) return []
  const named = existing(namesOf(steps, 'volume'), snapshot().volumes)
  const anonymous = going.flatMap(({ mounts }) =>
    mounts.flatMap(({ type, name }) => (type === 'volume' && /^[a-f0-9]{64}$/.test(name) ? [name] : [])),
  )
  if (named.length + anonymous.length === 0) return []
  const usage = await Promise.race([
    measureDiskUsage({ isFresh: false }).catch(() => null),
    sleep(sizesDeadlineMs, null, { ref: false }),
  ])
  const sizes = new Map(usage?.volumes.map(({ name, sizeBytes }) => [name, sizeBytes]))
  return [...named, ...anonymous].map((name) => ({
    name,
    sizeBytes: sizes.get(name) ?? null,
    isAnonymous: !named.includes(name),
  }))
}

function keptVolumes(project: string, gone: DownPreview['volumes'], going: readonly Container[]): string[] {
  const own = snapshot()
    .volumes.filter(({ compose }) => compose?.project === project)
    .map(({ name }) => name)
  const mounted = going.flatMap(({ mounts }) =>
    mounts.flatMap(({ type, name }) => (type === 'volume' ? [name] : [])),
  )
  return [...new Set([...own, ...mounted])].filter((name) => !gone.some((each) => each.name === name))
}

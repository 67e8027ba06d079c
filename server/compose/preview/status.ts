import 'server-only'
import { errorCode } from '#lib/api/errors'
import type { ComposeTarget } from '#lib/compose/arguments'
import type { ComposeModel } from '#lib/compose/model'
import type { ComposeStatus, ServiceDrift } from '#lib/compose/preview'
import { upRequest } from '#lib/compose/request'
import type { Container } from '#lib/docker/containers/container'
import { log } from '#server/log'
import { firstSnapshot, snapshot } from '#server/engine/model/live-model'
import { namedProfiles } from '#server/compose/files/compose-variables'
import { operableTarget } from '#server/compose/files/target'
import { findCompose } from '#server/compose/cli/binary'
import { changesOf } from './inspect.ts'
import { readModel } from '#server/compose/cli/model'
import { ownService } from '#server/compose/own-project'
import { findPlace } from '#server/compose/files/places'
import { networkChanges, networksMadeAnew } from './networks.ts'
import { planUp } from './plan.ts'

/** How a project stands to its files now: whether it can be operated, its services, and what drifted. Never throws. */
export async function readStatus(project: string): Promise<ComposeStatus> {
  await firstSnapshot()
  const place = placeOf(project)
  const status: ComposeStatus = {
    place: place && {
      workingDir: place.workingDir,
      configFiles: [...place.configFiles],
      envFiles: [...place.envFiles],
    },
    problem: null,
    composeVersion: '',
    services: [],
    profiles: [],
    activeProfiles: [],
    namedProfiles: [],
    drift: [],
    orphans: [],
    itself: ownService(project) ?? '',
  }
  try {
    const target = await operableTarget(project)
    status.composeVersion = (await findCompose()).version
    const [model, named] = await Promise.all([readModel(target, { profiles: ['*'] }), namedProfiles(target)])
    Object.assign(status, described(model, containersOf(project), named))
    status.drift = await readDrift(target, model, status.activeProfiles)
  } catch (error) {
    status.problem = problemOf(error)
  }
  return status
}

function placeOf(project: string): ComposeTarget | null {
  try {
    return findPlace(project)
  } catch {
    return null
  }
}

/** Containers of the project's services: one-off runs do not follow the files. */
function containersOf(project: string): Container[] {
  return snapshot().containers.filter(({ compose }) => compose?.project === project && !compose.isOneOff)
}

function described(
  model: ComposeModel,
  containers: readonly Container[],
  named: readonly string[],
): Partial<ComposeStatus> {
  const running = new Set(containers.map(({ compose }) => compose?.service ?? ''))
  const services = Object.entries(model.services).map(([name, service]) => ({
    name,
    profiles: service.profiles ?? [],
    image: service.image ?? `${model.name}-${name}`,
    isBuilt: service.build !== undefined,
    replicas: service.scale ?? service.deploy?.replicas ?? 1,
  }))
  const profilesOf = (list: typeof services): string[] =>
    [...new Set(list.flatMap(({ profiles }) => profiles))].sort(byText)
  const profiles = profilesOf(services)
  const used = profilesOf(services.filter(({ name }) => running.has(name)))
  return {
    services,
    profiles,
    activeProfiles: profiles.filter((each) => used.includes(each) || named.includes(each)),
    namedProfiles: named.filter((each) => profiles.includes(each)),
    orphans: [...running].filter((name) => !Object.hasOwn(model.services, name)).sort(byText),
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1)

/** The services that `up` would recreate, from Compose itself, each with the settings that differ. */
async function readDrift(
  target: ComposeTarget,
  model: ComposeModel,
  profiles: readonly string[],
): Promise<ServiceDrift[]> {
  const containers = containersOf(target.project)
  const services = [...new Set(containers.map(({ compose }) => compose?.service ?? ''))].filter((name) =>
    Object.hasOwn(model.services, name),
  )
  if (services.length === 0) return []
  // As many containers as there are: a number chosen by hand is no drift.
  const scale = Object.fromEntries(
    services.map((name) => [name, containers.filter(({ compose }) => compose?.service === name).length]),
  )
  const { steps } = await planUp(target, {
    ...upRequest.parse({ isAlone: true }),
    services,
    scale,
    profiles: [...profiles],
  })
  // Started again as it is, it comes into networks that are made anew: that differs from the files as well.
  const changed = new Map(
    steps.flatMap(({ noun, name, change }) =>
      noun === 'container' && (change === 'recreate' || change === 'restart') ? [[name, change]] : [],
    ),
  )
  const networks = networksMadeAnew(steps)
  const drifted = services.map((service) => ({
    service,
    containers: containers
      .filter(({ name, compose }) => compose?.service === service && changed.has(name))
      .map(({ name }) => name),
  }))
  const different = drifted.filter((each) => each.containers.length > 0)
  const replacedServices = new Set(
    different.flatMap(({ service, containers: [first = ''] }) =>
      changed.get(first) === 'recreate' ? [service] : [],
    ),
  )
  return Promise.all(
    different.map(async ({ service, containers: names }) => {
      const [first = ''] = names
      const changes =
        changed.get(first) === 'restart'
          ? networkChanges(first, networks)
          : await changesOf(model, service, first, replacedServices)
      return { service, containers: names, changes }
    }),
  )
}

function problemOf(error: unknown): ComposeStatus['problem'] {
  const code = errorCode(error)
  if (code === null || !(error instanceof Error)) {
    log.error('the state of a project could not be read', { error: String(error) })
    return { code: 'internal', message: 'Something went wrong in Composure.' }
  }
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
  return { code, message: error.message, ...(hint ? { hint } : {}) }
}

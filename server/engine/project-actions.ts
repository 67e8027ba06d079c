import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import type { Container } from '#lib/docker/containers/container'
import { isAlive } from '#lib/docker/containers/container'
import type {
  ActionResult,
  ProjectAction,
  ProjectActionRequest,
} from '#lib/docker/containers/container-request'
import { type Project, type Service, projectsOf } from '#lib/docker/projects/project'
import { startOrder } from '#lib/docker/projects/start-order'
import { actOnContainer } from './containers/container-actions.ts'
import { firstSnapshot, waitForContainer } from './model/live-model.ts'

const dependencyTimeoutMs = 120_000

/** Every project of the model. Source: Compose's labels. */
export async function listProjects(): Promise<Project[]> {
  return projectsOf(await firstSnapshot(), Date.now())
}

/** One project by name. Throws `not_found`. */
export async function readProject(name: string): Promise<Project> {
  const project = (await listProjects()).find((each) => each.name === name)
  if (project) return project
  throw new CodedError('not_found', `There is no project ${name.slice(0, 100)}.`, {
    hint: 'docker compose ls -a lists the projects of this Engine.',
  })
}

/**
 * Starts, stops or restarts the containers of a project in the order of `depends_on` (stopping in reverse), each service when
 * what it waits for is healthy or completed. One container's failure does not stop the others, except those that depend on it.
 */
export async function actOnProject(
  name: string,
  action: ProjectAction,
  request: ProjectActionRequest,
): Promise<{ results: ActionResult[] }> {
  const project = await readProject(name)
  const services = project.services.filter((service) => request.services?.includes(service.name) ?? true)
  const byName = new Map(services.map((service) => [service.name, service]))
  const groups = startOrder(
    services.map((service) => ({
      name: service.name,
      after: dependenciesOf(service).map((each) => each.service),
    })),
  )
  if (action === 'stop') groups.reverse()
  const results: ActionResult[] = []
  for (const group of groups) {
    const done = await Promise.all(
      group.flatMap((each) => {
        const service = byName.get(each)
        return service ? [actOnService(service, byName, action, request)] : []
      }),
    )
    results.push(...done.flat())
  }
  return { results }
}

async function actOnService(
  service: Service,
  byName: ReadonlyMap<string, Service>,
  action: ProjectAction,
  request: ProjectActionRequest,
): Promise<ActionResult[]> {
  const waited = action === 'stop' ? null : await waitForDependencies(service, byName)
  return Promise.all(
    service.containers.map(async (container) =>
      waited ? failed(container, waited) : actOnOne(container, action, request),
    ),
  )
}

async function actOnOne(
  container: Container,
  action: ProjectAction,
  { isItself }: ProjectActionRequest,
): Promise<ActionResult> {
  const verb = action === 'start' && container.state === 'paused' ? 'unpause' : action
  const isSoAlready =
    (action === 'start' && (container.state === 'running' || container.state === 'restarting')) ||
    (action === 'stop' && !isAlive(container))
  const result = { containerId: container.id, name: container.name }
  if (isSoAlready) return { ...result, outcome: 'unchanged' }
  try {
    await actOnContainer(container.id, verb, { isItself })
    return { ...result, outcome: 'done' }
  } catch (error) {
    return failed(container, error)
  }
}

function failed(container: Container, error: unknown): ActionResult {
  const code = errorCode(error)
  if (!code || !(error instanceof Error)) throw error
  const hint = 'hint' in error && typeof error.hint === 'string' ? error.hint : undefined
  return {
    containerId: container.id,
    name: container.name,
    outcome: 'failed',
    error: { code, message: error.message, ...(hint ? { hint } : {}) },
  }
}

function dependenciesOf(service: Service) {
  return service.containers[0]?.compose?.dependsOn ?? []
}

/** Null when all that `service` waits for is as its label says; otherwise why not. */
async function waitForDependencies(
  service: Service,
  byName: ReadonlyMap<string, Service>,
): Promise<CodedError | null> {
  for (const { service: name, condition } of dependenciesOf(service)) {
    for (const container of byName.get(name)?.containers ?? []) {
      const isReady = await waitForContainer(
        container.id,
        (now) => hasSettled(now, condition),
        dependencyTimeoutMs,
      )
      if (isReady && meets(isReady, condition)) continue
      return new CodedError('conflict', `${service.name} waits for ${name}, and ${name} is not ready.`, {
        hint: `Look at why ${container.name} is ${isReady?.state ?? 'gone'}.`,
      })
    }
  }
  return null
}

type Condition = ReturnType<typeof dependenciesOf>[number]['condition']

function hasSettled(container: Container, condition: Condition): boolean {
  return meets(container, condition) || !isAlive(container) || container.health === 'unhealthy'
}

function meets(container: Container, condition: Condition): boolean {
  switch (condition) {
    case 'service_healthy':
      return container.state === 'running' && (container.health === 'healthy' || container.health === 'none')
    case 'service_completed_successfully':
      return container.state === 'exited' && container.exitCode === 0
    case 'service_started':
    case 'running_or_healthy':
      return container.startedAtMs !== null
    default:
      return condition satisfies never
  }
}

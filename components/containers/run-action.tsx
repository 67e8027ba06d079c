import { errorCode } from '#lib/api/errors'
import type { Container, ContainerAction } from '#lib/docker/containers/container'
import { notify } from '#components/ui/toast'
import type { ProjectAction } from '#lib/docker/containers/container-request'
import { actOn, actOnProject } from './calls.ts'
import { question, whilePending } from './action-store.tsx'
import { actionWords } from './action-words.ts'

// The Engine works on a few at a time; more would only queue inside it.
const maxAtOnce = 8

/** Runs an action on one or many; each failure is one toast with its reason. Killing asks first. */
export async function runAction(action: ContainerAction, containers: readonly Container[]): Promise<void> {
  if (action === 'kill') {
    question.set({ kind: 'kill', containers })
    return
  }
  await runNow(action, containers)
}

/** As `runAction`, after the question. */
export async function runNow(action: ContainerAction, containers: readonly Container[]): Promise<void> {
  const waiting = [...containers]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await runOne(action, next)
  }
  await Promise.all(Array.from({ length: Math.min(maxAtOnce, containers.length) }, work))
}

async function runOne(action: ContainerAction, container: Container): Promise<void> {
  try {
    await whilePending(container.id, action, () => actOn(container.id, action))
  } catch (error) {
    if (errorCode(error) === 'is_itself') askItself(action, container)
    else notify.error(`Could not ${actionWords[action].verb} ${container.name}`, error)
  }
}

/** Composure would act on its own container: asks a second time and says what happens. */
function askItself(action: ContainerAction, container: Container): void {
  question.set({
    kind: 'itself',
    container,
    action,
    proceed: () => whilePending(container.id, action, () => actOn(container.id, action, { isItself: true })),
  })
}

/** Runs an action on a project's containers in the order of their dependencies, on the server; one toast for each that failed. */
export async function runProjectAction(
  project: string,
  action: ProjectAction,
  containers: readonly Container[],
): Promise<void> {
  try {
    for (const { containerId, name, error } of await actOnProject(project, action)) {
      if (!error) continue
      const container = containers.find(({ id }) => id === containerId)
      if (error.code === 'is_itself' && container) askItself(action, container)
      else notify.error(`Could not ${actionWords[action].verb} ${name}`, error)
    }
  } catch (error) {
    notify.error(`Could not ${actionWords[action].verb} ${project}`, error)
  }
}

import { deleteJson, postJson, putJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { ContainerAction } from '#lib/docker/containers/container'
import type { ActionResult, ProjectAction } from '#lib/docker/containers/container-request'

/** `isItself`: yes, also when it is Composure's own container. */
interface Confirmed {
  isItself?: boolean
}

/** Throws the server's CodedError; `is_itself` asks for a second yes. */
export async function actOn(
  id: string,
  action: ContainerAction,
  { isItself = false }: Confirmed = {},
): Promise<void> {
  await postJson(paths.containerAction(id, action), { isItself })
}

export async function removeContainer(
  id: string,
  { isForced, withVolumes, isItself = false }: Confirmed & { isForced: boolean; withVolumes: boolean },
): Promise<void> {
  await deleteJson(paths.container(id), { isForced, withVolumes, isItself })
}

export async function renameContainer(id: string, name: string): Promise<void> {
  await putJson(paths.containerName(id), { name })
}

/** In the order of the dependencies, on the server; answers with what became of each container. */
export async function actOnProject(project: string, action: ProjectAction): Promise<ActionResult[]> {
  const { results } = await postJson<{ results: ActionResult[] }>(paths.projectAction(project, action))
  return results
}

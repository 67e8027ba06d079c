import 'server-only'
import { callEngine } from '#server/engine/client/client'
import { refreshContainer } from '#server/engine/model/live-model'

const startDeadlineMs = 90_000

/** Renames a container and shows it so. Throws `name_taken`, `container_not_found`. */
export async function renameTo(id: string, name: string): Promise<void> {
  await callEngine((docker) => docker.getContainer(id).rename({ name }), { noun: 'container' })
  await refreshContainer(id)
}

/** Gives a container that stepped aside its name back, and starts it if it ran. Throws as the Engine refuses. */
export async function putBack(id: string, name: string, wasRunning: boolean): Promise<void> {
  const raw = await callEngine((docker) => docker.getContainer(id).inspect(), { noun: 'container' })
  if (raw.Name !== `/${name}`) await renameTo(id, name)
  if (!wasRunning || raw.State.Running) return
  await callEngine((docker) => docker.getContainer(id).start(), {
    noun: 'container',
    deadlineMs: startDeadlineMs,
  })
  await refreshContainer(id)
}

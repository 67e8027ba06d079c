import 'server-only'
import { callEngine } from '#server/engine/client/client'
import { helperLabel } from '#server/engine/helper-label'
import { removeHelper, smallestImage } from './place.ts'

/**
 * Whether the Engine's machine has a path, asked of the Engine itself: it refuses a bind mount of one that is not there. The container it makes for this is
 * never started. Null when it cannot be told (no image here, a proxy that forbids it). Never throws.
 */
export async function isOnEngineMachine(path: string): Promise<boolean | null> {
  try {
    const image = await smallestImage()
    const created = await callEngine((docker) =>
      docker.createContainer({
        Image: image,
        Entrypoint: ['/never-started'],
        Cmd: [],
        Labels: { [helperLabel]: 'files' },
        NetworkDisabled: true,
        HostConfig: {
          NetworkMode: 'none',
          Mounts: [{ Type: 'bind', Source: path, Target: '/asked', ReadOnly: true }],
        },
      }),
    )
    await removeHelper(created.id)
    return true
  } catch (error) {
    const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error)
    return /bind source path does not exist/.test(text) ? false : null
  }
}

import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import { callEngine } from '#server/engine/client/client'
import { helperLabel, helperVolumeName } from '#server/engine/helper-label'
import { log } from '#server/log'

/** Where files are: a container, and a folder in it that stands for the root. */
export interface Place {
  containerId: string
  /** Empty for the container itself; `/volume` in a helper. */
  root: string
}

/** The container itself. */
export const inContainer = (containerId: string): Place => ({ containerId, root: '' })

/** Where a helper has the volume. */
export const volumeRoot = '/volume'

/**
 * A volume seen through a container that is made for this from an image that is here, never started, and removed by `close`. Such a helper is
 * labelled and does not show in lists. Throws `volume_not_found`, and `conflict` when no image is here at all.
 */
export async function openVolume(
  volume: string,
  access: 'read' | 'write',
): Promise<{ place: Place; close: () => Promise<void> }> {
  await callEngine((docker) => docker.getVolume(volume).inspect(), { noun: 'volume' })
  const helper = await createHelper(volume, access)
  return { place: { containerId: helper, root: volumeRoot }, close: () => removeHelper(helper) }
}

/** As `openVolume`, closed when `run` has ended. */
export async function withVolume<Value>(
  volume: string,
  access: 'read' | 'write',
  run: (place: Place) => Promise<Value>,
): Promise<Value> {
  const { place, close } = await openVolume(volume, access)
  try {
    return await run(place)
  } finally {
    await close()
  }
}

async function createHelper(volume: string, access: 'read' | 'write'): Promise<string> {
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
        Mounts: [
          {
            Type: 'volume',
            Source: volume,
            Target: volumeRoot,
            ReadOnly: access === 'read',
            VolumeOptions: { NoCopy: true } as never,
          },
        ],
      },
    }),
  )
  return created.id
}

/** Any image does: nothing of it is run. Dangling ones have an id too. */
export async function smallestImage(): Promise<string> {
  const images = await callEngine((docker) => docker.listImages())
  const [image] = images.sort((a, b) => a.Size - b.Size)
  if (image) return image.Id
  throw new CodedError(
    'conflict',
    'To look into a volume, one image must be on this machine: there is none.',
    {
      hint: 'Pull any, for example: docker pull busybox.',
    },
  )
}

export async function removeHelper(id: string): Promise<void> {
  try {
    await callEngine((docker) => docker.getContainer(id).remove({ force: true, v: true }), {
      noun: 'container',
    })
  } catch (error) {
    if (errorCode(error) === 'container_not_found') return
    log.warn('a helper container could not be removed', { id, error: String(error) })
  }
}

/** Removes helpers, and volumes that restores were read into, that a Composure that was killed left behind, older than `ageMs`. */
export async function removeOldHelpers(ageMs: number): Promise<void> {
  const rows = await callEngine((docker) =>
    docker.listContainers({ all: true, filters: { label: [`${helperLabel}=files`] } }),
  )
  for (const row of rows) if (Date.now() - row.Created * 1000 > ageMs) await removeHelper(row.Id)
  const { Volumes } = await callEngine((docker) =>
    docker.listVolumes({ filters: { label: [`${helperLabel}=files`] } as never }),
  )
  for (const { Name, ...raw } of (Volumes as typeof Volumes | null) ?? []) {
    const createdAt = 'CreatedAt' in raw ? Date.parse(String(raw.CreatedAt)) : 0
    if (Date.now() - createdAt > ageMs) await removeVolume(Name)
  }
}

/** A volume of Composure's own, in no list, for as long as `run` takes. */
export async function withOwnVolume<Value>(run: (volume: string) => Promise<Value>): Promise<Value> {
  const name = helperVolumeName()
  await callEngine((docker) => docker.createVolume({ Name: name, Labels: { [helperLabel]: 'files' } }))
  try {
    return await run(name)
  } finally {
    await removeVolume(name)
  }
}

async function removeVolume(name: string): Promise<void> {
  try {
    await callEngine((docker) => docker.getVolume(name).remove({ force: true }), { noun: 'volume' })
  } catch (error) {
    log.warn('a volume of a restore could not be removed', { name, error: String(error) })
  }
}

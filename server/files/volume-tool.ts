import 'server-only'
import { CodedError } from '#lib/api/errors'
import { callEngine } from '#server/engine/client/client'
import { helperLabel } from '#server/engine/helper-label'
import { snapshot } from '#server/engine/model/live-model'
import { FrameDecoder } from '#lib/logs/frame-decoder'
import { removeHelper, volumeRoot } from './place.ts'

const maxImages = 12

/** How a small program ended, and what it said. */
export interface ToolEnd {
  output: string
  exitCode: number | null
}

/**
 * Runs one program of an image that is here with the volume at hand and nothing else: no network, no other right, nothing of its own to write. The
 * first image that has the program does it: those that already use the volume, then the smallest. Absolute paths in `argv` are those of the volume.
 * Throws `conflict` when no image here has it, `volume_not_found`.
 */
export async function runOnVolume(
  volume: string,
  [program, ...args]: readonly [string, ...string[]],
  timeoutMs: number,
): Promise<ToolEnd> {
  await callEngine((docker) => docker.getVolume(volume).inspect(), { noun: 'volume' })
  const inside = args.map((word) => (word.startsWith('/') ? `${volumeRoot}${word}` : word))
  for (const image of await candidates(volume)) {
    const end = await tryWith(image, volume, program, inside, timeoutMs)
    if (end !== null) return end
  }
  throw new CodedError('conflict', `No image on this machine has ${program} to do it with.`, {
    hint: 'Pull a small one that has, for example: docker pull busybox.',
  })
}

async function candidates(volume: string): Promise<string[]> {
  const users = snapshot()
    .containers.filter(({ mounts }) => mounts.some(({ type, name }) => type === 'volume' && name === volume))
    .map(({ imageId }) => imageId)
  const images = await callEngine((docker) => docker.listImages())
  const known = new Set(images.map(({ Id }) => Id))
  const bySize = images.sort((a, b) => a.Size - b.Size).map(({ Id }) => Id)
  return [...new Set([...users.filter((id) => known.has(id)), ...bySize])].slice(0, maxImages)
}

/** Null when this image has no such program, or cannot run here. */
async function tryWith(
  image: string,
  volume: string,
  program: string,
  args: readonly string[],
  timeoutMs: number,
): Promise<ToolEnd | null> {
  const created = await callEngine((docker) =>
    docker.createContainer({
      Image: image,
      Entrypoint: [program],
      Cmd: [...args],
      User: '0:0',
      WorkingDir: '/',
      Labels: { [helperLabel]: 'files' },
      NetworkDisabled: true,
      HostConfig: {
        NetworkMode: 'none',
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        CapAdd: ['DAC_OVERRIDE', 'FOWNER'],
        SecurityOpt: ['no-new-privileges'],
        PidsLimit: 16,
        Mounts: [
          { Type: 'volume', Source: volume, Target: volumeRoot, VolumeOptions: { NoCopy: true } as never },
        ],
      },
    }),
  )
  try {
    const container = created.id
    if (!(await starts(container))) return null
    const { StatusCode: exitCode } = await callEngine(
      async (docker) => (await docker.getContainer(container).wait()) as { StatusCode: number },
      { noun: 'container', deadlineMs: timeoutMs },
    )
    return { output: await outputOf(container), exitCode }
  } finally {
    await removeHelper(created.id)
  }
}

async function starts(id: string): Promise<boolean> {
  try {
    await callEngine((docker) => docker.getContainer(id).start(), { noun: 'container' })
    return true
  } catch (error) {
    const text = error instanceof Error ? `${error.message} ${String(error.cause)}` : String(error)
    if (/not found|no such file|exec format|permission denied|OCI runtime|runc/i.test(text)) return false
    throw error
  }
}

async function outputOf(id: string): Promise<string> {
  const bytes = await callEngine(
    (docker) => docker.getContainer(id).logs({ stdout: true, stderr: true, tail: 5, follow: false }),
    { noun: 'container' },
  )
  const parts: string[] = []
  new FrameDecoder().push(bytes, (_, chunk, start, end) =>
    parts.push(new TextDecoder().decode(chunk.subarray(start, end))),
  )
  return parts.join('')
}

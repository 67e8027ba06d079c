import 'server-only'
import { PassThrough, Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract, type Header, type Pack, pack } from 'tar-stream'
import { CodedError, errorCode } from '#lib/api/errors'
import { isAlive } from '#lib/docker/container'
import type { RestoreAnswer } from '#lib/files/file-entry'
import { firstSnapshot } from '#server/engine/live-model'
import { putArchive } from './engine-archive.ts'
import { withVolume } from './place.ts'
import { ArchiveGuard } from './archive-guard.ts'

/** Throws `in_use` when a running container mounts the volume and nobody has said yes to that. */
export async function requireUnused(volume: string, isConfirmed: boolean): Promise<void> {
  if (isConfirmed) return
  const { containers } = await firstSnapshot()
  const users = containers.filter(
    (container) =>
      isAlive(container) && container.mounts.some(({ type, name }) => type === 'volume' && name === volume),
  )
  if (users.length === 0) return
  const names = users.map(({ name }) => name).join(', ')
  throw new CodedError(
    'in_use',
    `${volume} is used by ${names}, which ${users.length === 1 ? 'runs' : 'run'} now.`,
    {
      hint: 'Stop it first: a program whose files change under it may break them. Or say yes a second time.',
    },
  )
}

/**
 * Unpacks a tar (plain or gzip) into a volume: files of the same name are replaced, all others stay. Every header is looked at before it goes on to the Engine;
 * one that could leave the volume ends the restore with `bad_request`, and what came before it stays. Throws `volume_not_found`.
 */
export async function restoreVolume(
  volume: string,
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<RestoreAnswer> {
  return withVolume(volume, 'write', async (place) => {
    const abort = new AbortController()
    const both = AbortSignal.any([signal, abort.signal])
    const tar = pack()
    const guard = new ArchiveGuard()
    // A plain stream in between: a pack that is destroyed must not take the call's answer with it.
    const outgoing = new PassThrough()
    const sent = pipeline(tar as unknown as Readable, outgoing, { signal: both }).catch(() => undefined)
    const written = putArchive(place.containerId, place.root, outgoing, both)
    try {
      await Promise.all([
        copyEntries(body, tar, guard, both),
        written.catch((error: unknown) => stopWith(abort, error)),
      ])
      await sent
      return { files: guard.files, bytes: guard.bytes }
    } catch (error) {
      abort.abort()
      tar.destroy()
      const refusal = await written.then(
        () => null,
        (cause: unknown) =>
          errorCode(cause) === null || errorCode(cause) === 'engine_timeout' ? null : cause,
      )
      if (errorCode(error) === 'bad_request') throw error
      throw (
        refusal ??
        new CodedError('bad_request', `This is no whole tar file: it ended after ${guard.files} files.`, {
          hint: 'What was written stays. Restore again from a good file.',
          cause: error,
        })
      )
    }
  })
}

function stopWith(abort: AbortController, error: unknown): never {
  abort.abort()
  throw error
}

async function copyEntries(
  body: ReadableStream<Uint8Array>,
  tar: Pack,
  guard: ArchiveGuard,
  signal: AbortSignal,
): Promise<void> {
  const source = Readable.fromWeb(body as never)
  const first = await peek(source)
  const entries = extract()
  const steps = isGzip(first.beginning) ? [createGunzip()] : []
  const fed = pipeline([first.whole, ...steps, guardLength(guard), entries] as never, { signal })
  // Heard below; without this a failure before the loop ends would be nobody's.
  fed.catch(() => undefined)
  for await (const entry of entries) {
    const header = guard.check(entry.header)
    if (isFile(header)) await pipeline(entry, tar.entry(header), { signal })
    else {
      tar.entry({ ...header, size: 0 })
      entry.resume()
    }
  }
  await fed
  if (guard.files === 0)
    throw new CodedError('bad_request', 'There is nothing in this file, or it is no tar.', {
      hint: 'Choose a .tar or .tar.gz file, such as a backup made here.',
    })
  tar.finalize()
}

const isFile = ({ type }: Header): boolean =>
  type === 'file' || type === 'contiguous-file' || type === undefined
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** The first bytes, and a stream that begins with them again. */
async function peek(source: Readable): Promise<{ beginning: Buffer; whole: Readable }> {
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  const first = await chunks.next()
  const beginning = first.done ? Buffer.alloc(0) : Buffer.from(first.value)
  async function* whole(): AsyncGenerator<Buffer> {
    if (!first.done) yield beginning
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  return { beginning, whole: Readable.from(whole()) }
}

/** A small gzip can hold more than any disk. */
function guardLength(guard: ArchiveGuard): Transform {
  return new Transform({
    transform(chunk: Buffer, _, done) {
      try {
        guard.count(chunk.length)
        done(null, chunk)
      } catch (error) {
        done(error as Error)
      }
    },
  })
}

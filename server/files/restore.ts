import 'server-only'
import { PassThrough, Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type Extract, extract, type Header, type Pack, pack } from 'tar-stream'
import { CodedError, errorCode } from '#lib/api/errors'
import { isAlive } from '#lib/docker/containers/container'
import type { RestoreAnswer } from '#lib/files/file-entry'
import { firstSnapshot } from '#server/engine/model/live-model'
import { readVolume } from '#server/engine/volumes/volumes'
import { openArchive, putArchive } from './engine-archive.ts'
import { withOwnVolume, withVolume } from './place.ts'
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
 * Unpacks a tar (plain or gzip) into a volume: files of the same name are replaced, all others stay. It is read into a volume of its own first, every header
 * looked at, so that a file that is broken, cut or could leave the volume (`bad_request`) changes nothing. Needs the room twice for that time.
 * Throws `volume_not_found`.
 */
export async function restoreVolume(
  volume: string,
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
): Promise<RestoreAnswer> {
  await readVolume(volume)
  const folders = new Set<string>()
  return withOwnVolume(async (fresh) => {
    const answer = await unpackInto(fresh, body, folders, signal)
    await copyVolume(fresh, volume, folders, signal)
    return answer
  })
}

/** From one volume into another, inside the Engine's machine: whole unless its disk is full or it ends in between. */
async function copyVolume(
  from: string,
  to: string,
  folders: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  // Folders the archive only passes through keep the owner and mode they have.
  const accept = (header: Header): Header | null =>
    header.type === 'directory' && !folders.has(folderKey(header.name)) ? null : header
  await withVolume(from, 'read', (source) =>
    withVolume(to, 'write', async (target) => {
      const abort = new AbortController()
      const both = AbortSignal.any([signal, abort.signal])
      const archive = await openArchive(source.containerId, `${source.root}/.`, both)
      const tar = pack()
      const written = putArchive(target.containerId, target.root, tar as unknown as Readable, both)
      try {
        const entries = extract()
        pipeline([archive, entries] as never, { signal: both }).catch(() => undefined)
        await Promise.all([
          pourEntries(entries, tar, accept, both).then(() => tar.finalize()),
          written.catch((error: unknown) => stopWith(abort, error)),
        ])
      } catch (error) {
        abort.abort()
        tar.destroy()
        throw brokenOff(to, error)
      }
    }),
  )
}

/** `./a/` and `a` are one folder. */
const folderKey = (name: string): string =>
  name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')

function brokenOff(volume: string, cause: unknown): CodedError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new CodedError(
    'engine_error',
    `The backup was whole, and could not be written into ${volume} to its end: ${reason}`,
    { hint: 'A part of it may be there: restore again from the same file.', cause },
  )
}

async function pourEntries(
  entries: Extract,
  tar: Pack,
  accept: (header: Header) => Header | null,
  signal: AbortSignal,
): Promise<void> {
  for await (const entry of entries) {
    const header = accept(entry.header)
    if (header !== null && isFile(header)) await pipeline(entry, tar.entry(header), { signal })
    else {
      if (header !== null) tar.entry({ ...header, size: 0 })
      entry.resume()
    }
  }
}

function unpackInto(
  volume: string,
  body: ReadableStream<Uint8Array>,
  folders: Set<string>,
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
        copyEntries(body, tar, guard, folders, both),
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
          hint: 'Nothing was changed. Restore again from a good file.',
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
  folders: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  const source = Readable.fromWeb(body as never)
  const first = await peek(source)
  const entries = extract()
  const steps = isGzip(first.beginning) ? [createGunzip()] : []
  const fed = pipeline([first.whole, ...steps, guardLength(guard), entries] as never, { signal })
  // Heard below; without this a failure before the loop ends would be nobody's.
  fed.catch(() => undefined)
  const accept = (wanted: Header): Header => {
    const header = guard.check(wanted)
    if (header.type === 'directory') folders.add(folderKey(header.name))
    return header
  }
  await pourEntries(entries, tar, accept, signal)
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

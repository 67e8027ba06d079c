import 'server-only'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { pack } from 'tar-stream'
import { CodedError, errorCode } from '#lib/api/errors'
import { baseName, fileNameProblem, parentPath, tidyPath } from '#lib/files/inside-path'
import {
  isFolderMode,
  isLinkMode,
  openArchive,
  type PathStat,
  putArchive,
  statPath,
} from './engine-archive.ts'
import type { Place } from './place.ts'
import { enginePath, resolvePath } from './resolve.ts'
import { readHeaders } from './tar-headers.ts'

/** One file on its way in. */
export interface Incoming {
  path: string
  /** The number of bytes `body` has: a tar says it in front. */
  sizeBytes: number
  body: ReadableStream<Uint8Array>
  overwrite: boolean
}

/**
 * Writes one file into a folder that exists. It keeps mode and owner of the file it replaces, else it takes the owner of its folder. Throws `conflict` when
 * a file of this name is there and `overwrite` is not said (or a folder, in any case), `not_found` without the folder, `bad_request` for a name that is none.
 */
export async function writeFile(place: Place, incoming: Incoming, signal: AbortSignal): Promise<void> {
  const path = tidyPath(incoming.path)
  const name = baseName(path)
  const problem = fileNameProblem(name)
  if (problem !== null) throw new CodedError('bad_request', `path: ${problem}`)
  const folder = await resolvePath(place, parentPath(path))
  if (!isFolderMode(folder.stat.mode)) throw new CodedError('conflict', `${folder.path} is no folder.`)
  const target = folder.path === '/' ? `/${name}` : `${folder.path}/${name}`
  const known = await statOrNull(place, target)
  if (known) requireReplaceable(known, target, incoming.overwrite)
  const owner = await ownerOf(place, known ? target : folder.path)
  const mode = known && !isLinkMode(known.mode) ? known.mode & 0o777 : 0o644
  await send(place, folder.path, { name, mode, ...owner }, incoming, signal)
}

function requireReplaceable(known: PathStat, path: string, overwrite: boolean): void {
  if (isFolderMode(known.mode))
    throw new CodedError('conflict', `${path} is a folder: a file cannot replace it.`, {
      hint: 'Choose another name.',
    })
  if (overwrite) return
  const what = isLinkMode(known.mode) ? `a link to ${known.linkTarget}` : `a file of ${known.sizeBytes} bytes`
  throw new CodedError('conflict', `${path} is there already: ${what}.`, {
    hint: 'Say that it may be replaced, or choose another name.',
  })
}

async function statOrNull(place: Place, path: string): Promise<PathStat | null> {
  try {
    return await statPath(place.containerId, enginePath(place, path))
  } catch (error) {
    if (errorCode(error) === 'not_found') return null
    throw error
  }
}

/** Owner of a path: only its header in the archive says it. */
async function ownerOf(place: Place, path: string): Promise<{ uid: number; gid: number }> {
  const abort = new AbortController()
  const owner = { uid: 0, gid: 0 }
  const archive = await openArchive(place.containerId, enginePath(place, path), abort.signal)
  await readHeaders(archive, { entries: 1, bytes: 1 << 20, timeMs: 10_000 }, (header) => {
    owner.uid = header.uid ?? 0
    owner.gid = header.gid ?? 0
    return false
  })
  abort.abort()
  return owner
}

async function send(
  place: Place,
  folder: string,
  header: { name: string; mode: number; uid: number; gid: number },
  { body, sizeBytes }: Incoming,
  signal: AbortSignal,
): Promise<void> {
  const tar = pack()
  const entry = tar.entry({ ...header, size: sizeBytes, mtime: new Date() })
  const abort = new AbortController()
  const both = AbortSignal.any([signal, abort.signal])
  const sent = putArchive(place.containerId, enginePath(place, folder), tar as unknown as Readable, both)
  try {
    await Promise.all([
      pipeline(Readable.fromWeb(body as never), entry, { signal: both }).then(() => tar.finalize()),
      // A refusal in the middle ends the reading of the body too.
      sent.catch((error: unknown) => {
        abort.abort()
        throw error
      }),
    ])
  } catch (error) {
    tar.destroy()
    // What the Engine said is the reason; a stream that broke is only its effect.
    const refusal = await sent.then(
      () => null,
      (cause: unknown) => (errorCode(cause) ? cause : null),
    )
    throw (
      refusal ??
      new CodedError(
        'bad_request',
        'The upload broke off; nothing of it, or an unfinished file, may be there.',
        { hint: 'Upload it again.', cause: error },
      )
    )
  }
}

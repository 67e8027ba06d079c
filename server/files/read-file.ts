import 'server-only'
import { extract } from 'tar-stream'
import { CodedError } from '#lib/api/errors'
import type { FileText } from '#lib/files/file-entry'
import { isFolderMode, openArchive } from './engine-archive.ts'
import type { Place } from './place.ts'
import { enginePath, resolvePath } from './resolve.ts'

const maxTextBytes = 512 * 1024
const sniffBytes = 8_192

/** The beginning of a file as text, whatever it says it is; nothing of it when it has bytes no text has. Throws `not_found`, `conflict` for a folder. */
export async function readFileText(place: Place, wanted: string): Promise<FileText> {
  const { path, stat } = await resolvePath(place, wanted)
  if (isFolderMode(stat.mode)) throw new CodedError('conflict', `${path} is a folder.`)
  const { bytes, mode, sizeBytes } = await readBeginning(place, path)
  const isBinary = bytes.subarray(0, sniffBytes).includes(0)
  return {
    path,
    text: isBinary ? '' : new TextDecoder().decode(bytes),
    isBinary,
    sizeBytes,
    isCut: sizeBytes > bytes.length,
    mode,
  }
}

async function readBeginning(
  place: Place,
  path: string,
): Promise<{ bytes: Buffer; mode: number; sizeBytes: number }> {
  const abort = new AbortController()
  const archive = await openArchive(place.containerId, enginePath(place, path), abort.signal)
  const tar = extract()
  archive.once('error', (error) => tar.destroy(error))
  archive.pipe(tar)
  try {
    for await (const entry of tar) {
      const { header } = entry
      if (header.type !== 'file' && header.type !== 'contiguous-file')
        throw new CodedError('conflict', `${path} is no file that can be read.`, {
          hint: 'Devices and pipes have no contents of their own.',
        })
      const parts: Buffer[] = []
      let length = 0
      for await (const chunk of entry as AsyncIterable<Buffer>) {
        parts.push(chunk)
        length += chunk.length
        if (length >= maxTextBytes) break
      }
      return {
        bytes: Buffer.concat(parts).subarray(0, maxTextBytes),
        mode: (header.mode ?? 0) & 0o7777,
        sizeBytes: header.size ?? length,
      }
    }
    throw new CodedError('not_found', `There is no ${path} here.`)
  } finally {
    abort.abort()
    archive.destroy()
    tar.destroy()
  }
}

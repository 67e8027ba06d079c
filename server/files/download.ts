import 'server-only'
import type { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { CodedError } from '#lib/api/errors'
import { baseName } from '#lib/files/inside-path'
import { isFolderMode, openArchive } from './engine-archive.ts'
import { openVolume, type Place } from './place.ts'
import { enginePath, resolvePath } from './resolve.ts'

/** Bytes on their way out; `done` is called once they all went, or nobody wants them any more. */
export interface Outgoing {
  fileName: string
  contentType: string
  /** Null for a tar, whose length is not known before. */
  sizeBytes: number | null
  body: Readable
  done: () => void
}

/** A file as it is, or a folder as the tar the Engine makes of it. Nothing is kept: the Engine is read no faster than the browser takes it. */
export async function openDownload(place: Place, wanted: string, defaultName: string): Promise<Outgoing> {
  const { path, stat } = await resolvePath(place, wanted)
  const abort = new AbortController()
  const name = baseName(path) || defaultName
  if (!isFolderMode(stat.mode)) return openFile(place, path, name, abort)
  // A volume's root is written as `./`, so that it is unpacked where one stands.
  const asked = path === '/' && place.root !== '' ? `${place.root}/.` : enginePath(place, path)
  const body = await openArchive(place.containerId, asked, abort.signal)
  return {
    fileName: `${name}.tar`,
    contentType: 'application/x-tar',
    sizeBytes: null,
    body,
    done: () => abort.abort(),
  }
}

async function openFile(place: Place, path: string, name: string, abort: AbortController): Promise<Outgoing> {
  const archive = await openArchive(place.containerId, enginePath(place, path), abort.signal)
  const tar = extract()
  archive.once('error', (error) => tar.destroy(error))
  const close = (): void => {
    abort.abort()
    archive.destroy()
    tar.destroy()
  }
  const entry = await new Promise<{ size: number; body: Readable }>((resolve, reject) => {
    tar.once('entry', (header, body, next) => {
      // One path is one entry; whatever follows is read to the end and left.
      body.once('end', next)
      if (header.type === 'file' || header.type === 'contiguous-file')
        resolve({ size: header.size ?? 0, body: body as unknown as Readable })
      else
        reject(
          new CodedError('conflict', `${path} is no file that can be downloaded.`, {
            hint: 'Devices and pipes have no contents of their own.',
          }),
        )
    })
    tar.once('error', reject)
    archive.pipe(tar)
  }).catch((error: unknown) => {
    close()
    throw error
  })
  return {
    fileName: name,
    contentType: 'application/octet-stream',
    sizeBytes: entry.size,
    body: entry.body,
    done: close,
  }
}

/** A file, a folder or all of a volume; its helper goes when the last byte went. */
export async function downloadFromVolume(volume: string, path: string): Promise<Response> {
  const { place, close } = await openVolume(volume, 'read')
  try {
    const out = await openDownload(place, path, volume)
    let isClosed = false
    const done = (): void => {
      out.done()
      if (!isClosed) void close()
      isClosed = true
    }
    return downloadResponse({ ...out, done })
  } catch (error) {
    await close()
    throw error
  }
}

/** The answer of a download: always a file to keep, never something the browser would show or run. */
export function downloadResponse(out: Outgoing): Response {
  const iterator = out.body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const next = await iterator.next()
          if (!next.done) {
            controller.enqueue(next.value)
            return
          }
          controller.close()
          out.done()
        } catch (error) {
          out.done()
          controller.error(error)
        }
      },
      cancel() {
        out.body.destroy()
        out.done()
      },
    },
    { highWaterMark: 1 },
  )
  const ascii = out.fileName.replace(/[^\w. -]+/g, '_').slice(0, 100) || 'file'
  return new Response(body, {
    headers: {
      'content-type': out.contentType,
      'content-disposition': `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(out.fileName).replace(/['()*]/g, escapeSign)}`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store, no-transform',
      ...(out.sizeBytes === null ? {} : { 'content-length': String(out.sizeBytes) }),
    },
  })
}

const escapeSign = (sign: string): string => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`

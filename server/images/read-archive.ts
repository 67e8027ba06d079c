import 'server-only'
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { extract, type Header } from 'tar-stream'
import { CodedError } from '#lib/api/errors'
import type { LayerEntry } from '#lib/images/layer-ledger'

/** An entry of an archive: its header, then its bytes. */
interface Entry extends AsyncIterable<unknown> {
  header: Header
  resume: () => unknown
}

/** One layer with files: its digest and what its archive lists. */
export interface ArchiveLayer {
  diffId: string
  createdBy: string
  entries: LayerEntry[]
}

export interface ArchiveOptions {
  /** Contents are read and hashed too, for comparing. */
  hasHashes: boolean
  /** Told how many bytes of the archive were read. */
  onBytes: (count: number) => void
}

const maxEntries = 3_000_000
const maxJsonBytes = 16 * 1024 * 1024

/**
 * Reads `GET /images/{name}/get` as it comes, in both of its layouts (`<id>/layer.tar`, and `blobs/sha256/*` where layers may be
 * packed with gzip or zstd), oldest layer first. Keeps names and sizes only, never a content. Throws `engine_error` for what is no
 * image, `too_large` beyond three million entries.
 */
export async function readArchive(
  archive: AsyncIterable<Uint8Array>,
  options: ArchiveOptions,
): Promise<ArchiveLayer[]> {
  const reader = new ArchiveReader(options)
  const outer = extract()
  const reading = (async () => {
    for await (const entry of outer) await reader.take(entry)
  })()
  await Promise.all([pipeline(counted(archive, options.onBytes), outer), reading])
  return reader.assemble()
}

async function* counted(
  archive: AsyncIterable<Uint8Array>,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of archive) {
    onBytes(chunk.byteLength)
    yield chunk
  }
}

class ArchiveReader {
  readonly #options: ArchiveOptions
  readonly #layers = new Map<string, LayerEntry[]>()
  readonly #documents = new Map<string, string>()
  /** In the old layout a layer that stands elsewhere already is a symbolic link to it. */
  readonly #links = new Map<string, string>()
  #entryCount = 0

  constructor(options: ArchiveOptions) {
    this.#options = options
  }

  async take(entry: Entry): Promise<void> {
    const { name, type, linkname } = entry.header
    if (type === 'symlink' && linkname) this.#links.set(name, resolveLink(name, linkname))
    if (type !== 'file') {
      entry.resume()
      return
    }
    const { head, whole } = await peek(entry)
    if (isTar(head) || isPacked(head)) this.#layers.set(name, await this.#readLayer(unpacked(head, whole)))
    else if (isJson(head)) this.#documents.set(name, await readText(whole))
    else for await (const _ of whole);
  }

  assemble(): ArchiveLayer[] {
    const [manifest] = this.#json('manifest.json') as { Config: string; Layers: string[] }[]
    if (!manifest) throw notAnImage()
    const config = this.#json(manifest.Config) as {
      rootfs?: { diff_ids?: string[] }
      history?: { created_by?: string; empty_layer?: boolean }[]
    }
    const steps = (config.history ?? []).filter((step) => !step.empty_layer)
    return manifest.Layers.map((name, index) => {
      const entries = this.#layers.get(name) ?? this.#layers.get(this.#links.get(name) ?? '')
      if (!entries) throw notAnImage()
      return {
        diffId: config.rootfs?.diff_ids?.[index] ?? '',
        createdBy: steps[index]?.created_by ?? '',
        entries,
      }
    })
  }

  #json(name: string): unknown {
    const text = this.#documents.get(name)
    if (text === undefined) throw notAnImage()
    return JSON.parse(text)
  }

  async #readLayer(content: Readable): Promise<LayerEntry[]> {
    const entries: LayerEntry[] = []
    const inner = extract()
    const reading = (async () => {
      for await (const entry of inner) {
        const read = await this.#readEntry(entry)
        if (!read) continue
        entries.push(read)
        this.#entryCount += 1
        if (this.#entryCount > maxEntries)
          throw new CodedError('too_large', `The image lists more than ${maxEntries} files.`)
      }
    })()
    await Promise.all([pipeline(content, inner), reading])
    return entries
  }

  async #readEntry(entry: Entry): Promise<LayerEntry | null> {
    const { header } = entry
    const isFile = header.type === 'file' || header.type === 'contiguous-file'
    const isHashed = this.#options.hasHashes && isFile
    const hash = isHashed ? await hashOf(entry) : (header.linkname ?? header.type ?? '')
    if (!isHashed) entry.resume()
    const path = cleanPath(header.name)
    if (path === '') return null
    const sizeBytes = isFile ? (header.size ?? 0) : 0
    if (header.type === 'directory') return { path, kind: 'directory', sizeBytes }
    if (header.type === 'link')
      return { path, kind: 'hardlink', sizeBytes, linkTarget: cleanPath(header.linkname ?? '') }
    return { path, kind: isFile ? 'file' : 'other', sizeBytes, hash }
  }
}

function cleanPath(name: string): string {
  return name
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/')
}

/** The library's types do not say that a tar's content is bytes. */
function bytesOf(entry: Entry): AsyncIterable<Uint8Array> {
  return entry as unknown as AsyncIterable<Uint8Array>
}

async function hashOf(entry: Entry): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of bytesOf(entry)) hash.update(chunk)
  return hash.digest('base64')
}

/** The first bytes, enough to know what it is, and all of it. */
async function peek(entry: Entry): Promise<{ head: Uint8Array; whole: AsyncGenerator<Uint8Array> }> {
  const chunks = bytesOf(entry)[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  let length = 0
  while (length < 512) {
    const next = await chunks.next()
    if (next.done) break
    first.push(next.value)
    length += next.value.byteLength
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* first
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value
  }
  return { head: Buffer.concat(first, Math.min(length, 512)), whole: all() }
}

const begins = (head: Uint8Array, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte)
const isGzip = (head: Uint8Array): boolean => begins(head, 0x1f, 0x8b)
const isZstd = (head: Uint8Array): boolean => begins(head, 0x28, 0xb5, 0x2f, 0xfd)
const isPacked = (head: Uint8Array): boolean => isGzip(head) || isZstd(head)
const isJson = (head: Uint8Array): boolean => begins(head, 0x7b) || begins(head, 0x5b)

/** An archive says so in its first header; one without an entry is zeros only. */
function isTar(head: Uint8Array): boolean {
  if (head.byteLength < 512) return false
  return Buffer.from(head).toString('latin1', 257, 262) === 'ustar' || head.every((byte) => byte === 0)
}

function unpacked(head: Uint8Array, whole: AsyncGenerator<Uint8Array>): Readable {
  const content = Readable.from(whole, { objectMode: false })
  if (!isPacked(head)) return content
  const unpack = isGzip(head) ? createGunzip() : createZstdDecompress()
  content.on('error', (error) => unpack.destroy(error))
  return content.pipe(unpack)
}

async function readText(whole: AsyncGenerator<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of whole) {
    length += chunk.byteLength
    // A document this long is none that describes an image.
    if (length <= maxJsonBytes) chunks.push(chunk)
  }
  return length <= maxJsonBytes ? Buffer.concat(chunks).toString() : ''
}

function resolveLink(name: string, target: string): string {
  const parts = name.split('/').slice(0, -1)
  for (const part of target.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}

function notAnImage(): CodedError {
  return new CodedError('engine_error', 'Docker sent something that is not an image.', {
    hint: 'Check the image with `docker image inspect`, and the Engine’s log.',
  })
}

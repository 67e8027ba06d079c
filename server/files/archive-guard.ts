import 'server-only'
import type { Header } from 'tar-stream'
import { CodedError } from '#lib/api/errors'

const maxEntries = 2_000_000
const maxUnpackedBytes = 256 * 2 ** 30
const kinds: ReadonlySet<string> = new Set(['file', 'contiguous-file', 'directory', 'symlink', 'link'])

/**
 * Looks at every header of an archive from outside. Refused with `bad_request`: absolute names and names with `..`, what would be written through a link
 * of the archive itself, hard links to outside, devices and pipes, and more entries or bytes than any volume has.
 */
export class ArchiveGuard {
  files = 0
  bytes = 0
  #read = 0
  #entries = 0
  readonly #links = new Set<string>()

  /** The header as it may go on; its name is relative. */
  check(header: Header): Header {
    this.#entries += 1
    if (this.#entries > maxEntries) throw refused(`it has more than ${maxEntries} entries`)
    const type = header.type ?? 'file'
    if (!kinds.has(type)) throw refused(`“${short(header.name)}” is a ${type}`)
    const name = relativeName(header.name)
    if (type === 'link') relativeName(header.linkname ?? '')
    for (const folder of parentsOf(name))
      if (this.#links.has(folder))
        throw refused(`“${short(name)}” would be written through the link “${short(folder)}”`)
    if (type === 'symlink') this.#links.add(name)
    else this.#links.delete(name)
    if (type === 'file' || type === 'contiguous-file') this.bytes += header.size ?? 0
    if (type !== 'directory') this.files += 1
    return { ...header, name: type === 'directory' && name !== './' ? `${name}/` : name }
  }

  /** Bytes read after unpacking. */
  count(length: number): void {
    this.#read += length
    if (this.#read > maxUnpackedBytes) throw refused('it unpacks to more than 256 GiB')
  }
}

function relativeName(text: string): string {
  if (text.startsWith('/')) throw refused(`“${short(text)}” is an absolute path`)
  const parts = text.split('/').filter((part) => part !== '' && part !== '.')
  if (parts.includes('..')) throw refused(`“${short(text)}” leads out of the volume`)
  if (text.includes('\0')) throw refused('a name has a NUL in it')
  return parts.length === 0 ? './' : parts.join('/')
}

function parentsOf(name: string): string[] {
  const parts = name.split('/')
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'))
}

const short = (name: string): string => name.slice(0, 120)

function refused(why: string): CodedError {
  return new CodedError('bad_request', `The archive is refused: ${why}.`, {
    hint: 'Nothing was changed. Make a backup without such entries.',
  })
}

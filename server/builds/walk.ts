import 'server-only'
import type { Dirent } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { BuildContext, FileCount } from '#lib/builds/build-context'
import { isNeedlessFolder, mayHoldSecret, secretIn, secretOf } from '#lib/builds/context-risk'
import type { DockerIgnore, IgnoreMatch } from '#lib/builds/dockerignore'
import { readStart } from './read-start.ts'

const maxEntries = 200_000
const maxMs = 8_000
const maxLargest = 20
const maxSecrets = 50
const headBytes = 64 * 1024

type Walked = Pick<BuildContext, 'sent' | 'leftOut' | 'largest' | 'secrets' | 'savings' | 'isPartial'>

interface Folder {
  path: string
  match: IgnoreMatch | null
  /** The needless folder it is in, by its name. */
  needless: string | null
}

/** Counts what of a folder is sent and what is left out; what is sent is looked at first, in case the bounds are reached. */
export async function walkContext(root: string, ignore: DockerIgnore): Promise<Walked> {
  const walk = new Walk(root, ignore)
  const isWhole = (await walk.run(walk.wanted)) && (await walk.run(walk.unwanted))
  return { ...walk.result(), isPartial: !isWhole }
}

class Walk {
  readonly #root: string
  readonly #ignore: DockerIgnore
  readonly wanted: Folder[] = [{ path: '', match: null, needless: null }]
  /** Folders of which nothing is sent. */
  readonly unwanted: Folder[] = []
  readonly #sent: FileCount = { files: 0, bytes: 0 }
  readonly #leftOut: FileCount = { files: 0, bytes: 0 }
  readonly #needless = new Map<string, FileCount & { isNested: boolean }>()
  #largest: { path: string; bytes: number }[] = []
  readonly #secrets: { path: string; what: string }[] = []
  readonly #endMs = performance.now() + maxMs
  #entries = 0

  constructor(root: string, ignore: DockerIgnore) {
    this.#root = root
    this.#ignore = ignore
  }

  /** False when a bound was reached first. */
  async run(folders: Folder[]): Promise<boolean> {
    for (let folder = folders.pop(); folder; folder = folders.pop()) {
      for (const entry of await list(join(this.#root, folder.path))) {
        this.#entries += 1
        if (this.#entries > maxEntries || performance.now() > this.#endMs) return false
        await this.#add(folder, entry)
      }
    }
    return true
  }

  async #add(folder: Folder, entry: Dirent): Promise<void> {
    const path = folder.path === '' ? entry.name : `${folder.path}/${entry.name}`
    const match = this.#ignore.match(path, folder.match)
    if (entry.isDirectory()) this.#enter({ path, match, needless: folder.needless }, entry.name)
    else if (entry.isFile() || entry.isSymbolicLink()) await this.#count(path, folder, match.isLeftOut, entry)
  }

  #enter(folder: Folder, name: string): void {
    const isLeftOut = folder.match?.isLeftOut === true
    const needless = folder.needless ?? (!isLeftOut && isNeedlessFolder(name) ? name : null)
    if (needless !== null && folder.needless === null) {
      const known = this.#needless.get(needless) ?? { files: 0, bytes: 0, isNested: false }
      this.#needless.set(needless, { ...known, isNested: known.isNested || folder.path !== name })
    }
    const isSkipped = isLeftOut && !this.#ignore.hasExceptions
    ;(isSkipped ? this.unwanted : this.wanted).push({ ...folder, needless })
  }

  async #count(path: string, folder: Folder, isLeftOut: boolean, entry: Dirent): Promise<void> {
    const bytes = entry.isFile() ? await sizeOf(join(this.#root, path)) : 0
    add(isLeftOut ? this.#leftOut : this.#sent, bytes)
    if (isLeftOut) return
    const needless = folder.needless === null ? undefined : this.#needless.get(folder.needless)
    if (needless) add(needless, bytes)
    this.#keepLargest(path, bytes)
    // What is in such a folder is warned about as a whole.
    if (!needless && entry.isFile() && this.#secrets.length < maxSecrets) await this.#look(path)
  }

  #keepLargest(path: string, bytes: number): void {
    const smallest = this.#largest.at(-1)?.bytes ?? 0
    if (this.#largest.length >= maxLargest && bytes <= smallest) return
    this.#largest.push({ path, bytes })
    this.#largest.sort((a, b) => b.bytes - a.bytes)
    this.#largest = this.#largest.slice(0, maxLargest)
  }

  async #look(path: string): Promise<void> {
    const text = mayHoldSecret(path) ? await readStart(join(this.#root, path), headBytes) : null
    const what = secretOf(path) ?? (text === null ? null : secretIn(path, text))
    if (what !== null) this.#secrets.push({ path, what })
  }

  result(): Omit<Walked, 'isPartial'> {
    const savings = [...this.#needless]
      .map(([name, { isNested, files, bytes }]) => ({ line: isNested ? `**/${name}` : name, files, bytes }))
      .filter(({ files }) => files > 0)
      .sort((a, b) => b.bytes - a.bytes)
    return {
      sent: this.#sent,
      leftOut: this.#leftOut,
      largest: this.#largest,
      secrets: this.#secrets.sort((a, b) => (a.path < b.path ? -1 : 1)),
      savings,
    }
  }
}

function add(count: FileCount, bytes: number): void {
  count.files += 1
  count.bytes += bytes
}

async function list(path: string): Promise<Dirent[]> {
  try {
    return await readdir(/* turbopackIgnore: true */ path, { withFileTypes: true })
  } catch {
    // Docker would stop at it; here it is only not counted.
    return []
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await lstat(/* turbopackIgnore: true */ path)).size
  } catch {
    return 0
  }
}

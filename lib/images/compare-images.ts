import type { ChangedFile, ChangedFolder, ImageComparison } from './analysis.ts'
import type { LayerLedger, PathNode } from './layer-ledger.ts'
import { TopList } from './top-list.ts'

const fileCount = 300
const folderCount = 40
/** Folders are told this deep: `usr/lib/node_modules`. */
const folderDepth = 3

type Files = Omit<
  ImageComparison,
  'fromId' | 'toId' | 'fromBytes' | 'toBytes' | 'sharedLayerCount' | 'comparedAtMs'
>

/**
 * What a container would see in `to` and not in `from`. Contents are told apart by hash, so the layers' entries must have been
 * read with one. A folder's own owner or mode is no change.
 */
export function compareImages(from: LayerLedger, to: LayerLedger): Files {
  const walk = new Walk()
  walk.compare(from.root, to.root, [])
  return walk.result()
}

class Walk {
  readonly #files = new TopList<ChangedFile>(fileCount, weightOf)
  readonly #folders = new Map<string, ChangedFolder>()
  #counts = {
    addedCount: 0,
    addedBytes: 0,
    removedCount: 0,
    removedBytes: 0,
    changedCount: 0,
    changedDeltaBytes: 0,
  }

  compare(from: PathNode | undefined, to: PathNode | undefined, path: readonly string[]): void {
    const [before, now] = [visibleFile(from), visibleFile(to)]
    if (before && now) {
      if (before.hash !== now.hash || before.sizeBytes !== now.sizeBytes) this.#changed(path, before, now)
    } else if (before) this.#removed(path, before.sizeBytes)
    else if (now) this.#added(path, now.sizeBytes)
    const names = new Set([...(from?.children?.keys() ?? []), ...(to?.children?.keys() ?? [])])
    for (const name of names)
      this.compare(from?.children?.get(name), to?.children?.get(name), [...path, name])
  }

  result(): Files {
    const folders = [...this.#folders.values()]
      .filter(({ deltaBytes }) => deltaBytes !== 0)
      .toSorted((a, b) => Math.abs(b.deltaBytes) - Math.abs(a.deltaBytes))
      .slice(0, folderCount)
    return { ...this.#counts, files: this.#files.sorted(), folders }
  }

  #added(path: readonly string[], toBytes: number): void {
    this.#counts.addedCount += 1
    this.#counts.addedBytes += toBytes
    this.#note({ path: path.join('/'), change: 'added', fromBytes: 0, toBytes }, path)
  }

  #removed(path: readonly string[], fromBytes: number): void {
    this.#counts.removedCount += 1
    this.#counts.removedBytes += fromBytes
    this.#note({ path: path.join('/'), change: 'removed', fromBytes, toBytes: 0 }, path)
  }

  #changed(path: readonly string[], before: Visible, now: Visible): void {
    this.#counts.changedCount += 1
    this.#counts.changedDeltaBytes += now.sizeBytes - before.sizeBytes
    this.#note(
      { path: path.join('/'), change: 'changed', fromBytes: before.sizeBytes, toBytes: now.sizeBytes },
      path,
    )
  }

  #note(file: ChangedFile, path: readonly string[]): void {
    this.#files.add(file)
    const name = path.slice(0, -1).slice(0, folderDepth).join('/')
    const folder = this.#folders.get(name) ?? { path: name, deltaBytes: 0, fileCount: 0 }
    folder.deltaBytes += file.toBytes - file.fromBytes
    folder.fileCount += 1
    this.#folders.set(name, folder)
  }
}

interface Visible {
  sizeBytes: number
  hash: string
}

function visibleFile(node: PathNode | undefined): Visible | null {
  return node?.isPresent ? node.content : null
}

/** By what it moves; a file that only changed weighs its size, and no change weighs nothing. */
function weightOf({ fromBytes, toBytes }: ChangedFile): number {
  return Math.max(fromBytes, toBytes, 1)
}

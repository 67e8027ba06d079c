import type { HiddenBetween, HiddenFile, HiddenReason, LargeFile } from './analysis.ts'
import { TopList } from './top-list.ts'

/** One entry of a layer's archive. */
export interface LayerEntry {
  /** Without `./`, leading or trailing slash; never empty. */
  path: string
  kind: 'file' | 'directory' | 'hardlink' | 'other'
  /** As the archive's header says: 0 for anything but files. */
  sizeBytes: number
  /** Path of the entry that a hard link shares its bytes with. */
  linkTarget?: string
  /** Of the content, where contents are to be compared. */
  hash?: string
}

/** Bytes that one or more names share. */
interface Content {
  path: string
  sizeBytes: number
  layer: number
  nameCount: number
  hash: string
}

export interface PathNode {
  children: Map<string, PathNode> | null
  isPresent: boolean
  isDirectory: boolean
  content: Content | null
  /** The header's size of the entry that is visible here. */
  entryBytes: number
  /** The last layer that has something below this path. */
  parentInLayer: number
  /** Sum, least and count of all entries this path ever had. */
  sum: number
  least: number
  count: number
}

export interface LedgerLayer {
  sizeBytes: number
  fileCount: number
  hiddenBytes: number
  hidesBytes: number
  largest: LargeFile[]
}

const largestCount = 20
const hiddenCount = 200
const whiteout = '.wh.'
const opaque = '.wh..wh..opq'

/**
 * Stacks an image's layers and keeps account of every byte: which layer wrote it, whether a container sees it, and which layer
 * hid it. Wasted bytes are those no container sees, each once; beside it, dive's efficiency as dive counts it.
 */
export class LayerLedger {
  readonly root = newNode()
  readonly layers: LedgerLayer[] = []
  readonly #hidden = new TopList<HiddenFile>(hiddenCount, (file) => file.sizeBytes)
  readonly #between = new Map<string, HiddenBetween>()
  fileCount = 0
  hiddenFileCount = 0
  hiddenBytes = 0
  totalBytes = 0

  /** Puts a layer on top; its entries in any order. */
  addLayer(entries: readonly LayerEntry[]): void {
    const index = this.layers.length
    const layer: LedgerLayer = { sizeBytes: 0, fileCount: 0, hiddenBytes: 0, hidesBytes: 0, largest: [] }
    this.layers.push(layer)
    const isMarker = (entry: LayerEntry): boolean => nameOf(entry.path).startsWith(whiteout)
    // What a layer takes away is below it, never its own.
    const markers = entries.filter(isMarker)
    for (const { path } of markers) this.#weighWhiteout(path, index)
    for (const { path } of markers) this.#applyWhiteout(path, index)
    const placed: { node: PathNode; sizeBytes: number }[] = []
    const largest = new TopList<LargeFile>(largestCount, (file) => file.sizeBytes)
    const links: LayerEntry[] = []
    for (const entry of entries) {
      if (isMarker(entry)) continue
      if (entry.kind === 'hardlink') links.push(entry)
      else placed.push({ node: this.#place(entry, index, null), sizeBytes: entry.sizeBytes })
      if (entry.kind === 'directory') continue
      layer.fileCount += 1
      layer.sizeBytes += entry.sizeBytes
      if (entry.sizeBytes > 0) largest.add({ path: entry.path, sizeBytes: entry.sizeBytes })
    }
    for (const link of links) {
      const target = this.#find(link.linkTarget ?? '')?.content ?? null
      placed.push({ node: this.#place(link, index, target), sizeBytes: 0 })
    }
    for (const { node, sizeBytes } of placed) if (node.parentInLayer !== index) weigh(node, sizeBytes)
    layer.largest = largest.sorted()
    this.fileCount += layer.fileCount
    this.totalBytes += layer.sizeBytes
  }

  /** `SUM(least) / SUM(all)` over every path that was ever a leaf of a layer, as dive has it; 1 for no bytes. */
  get diveEfficiency(): number {
    let least = 0
    let all = 0
    for (const node of everyNode(this.root)) {
      if (node.count === 0) continue
      least += node.least
      all += node.sum
    }
    return all === 0 ? 1 : least / all
  }

  /** What dive calls wasted: all copies of every path with more than one, the visible one too. */
  get diveWastedBytes(): number {
    let bytes = 0
    for (const node of everyNode(this.root)) if (node.count >= 2) bytes += node.sum
    return bytes
  }

  get hidden(): HiddenFile[] {
    return this.#hidden.sorted()
  }

  get hiddenBetween(): HiddenBetween[] {
    return [...this.#between.values()].toSorted((a, b) => b.sizeBytes - a.sizeBytes)
  }

  #weighWhiteout(path: string, index: number): void {
    const name = nameOf(path)
    if (name.startsWith('.wh..wh.')) return
    const parent = path.slice(0, path.length - name.length)
    this.#markParents(parent, index)
    const node = this.#ensure(parent + name.slice(whiteout.length))
    weigh(node, node.isPresent && node.isDirectory ? bytesBelow(node) : 0)
  }

  #applyWhiteout(path: string, index: number): void {
    const name = nameOf(path)
    const parent = path.slice(0, path.length - name.length)
    if (name === opaque) {
      const folder = this.#find(parent.replace(/\/$/, ''))
      for (const child of folder?.children?.values() ?? []) this.#hide(child, index, 'removed')
    } else if (!name.startsWith('.wh..wh.')) {
      const node = this.#find(parent + name.slice(whiteout.length))
      if (node) this.#hide(node, index, 'removed')
    }
  }

  #place(entry: LayerEntry, index: number, shared: Content | null): PathNode {
    const node = this.#ensure(entry.path, index)
    const isDirectory = entry.kind === 'directory'
    if (node.isPresent && !(isDirectory && node.isDirectory)) this.#hide(node, index, 'replaced')
    node.isPresent = true
    node.isDirectory = isDirectory
    node.entryBytes = entry.sizeBytes
    if (isDirectory) return node
    node.content = shared ?? newContent(entry, index)
    node.content.nameCount += 1
    return node
  }

  /** Takes a path and all below it out of sight. */
  #hide(node: PathNode, index: number, reason: HiddenReason): void {
    if (!node.isPresent) return
    node.isPresent = false
    node.entryBytes = 0
    const { content } = node
    node.content = null
    if (content) {
      content.nameCount -= 1
      if (content.nameCount === 0) this.#record(content, index, reason)
    }
    for (const child of node.children?.values() ?? []) this.#hide(child, index, reason)
  }

  #record({ path, sizeBytes, layer }: Content, index: number, reason: HiddenReason): void {
    this.hiddenFileCount += 1
    this.hiddenBytes += sizeBytes
    const [writer, hider] = [this.layers[layer], this.layers[index]]
    if (writer) writer.hiddenBytes += sizeBytes
    if (hider) hider.hidesBytes += sizeBytes
    if (sizeBytes > 0) this.#hidden.add({ path, sizeBytes, writtenIn: layer, hiddenIn: index, reason })
    const key = `${layer} ${index}`
    const between = this.#between.get(key) ?? {
      writtenIn: layer,
      hiddenIn: index,
      sizeBytes: 0,
      fileCount: 0,
    }
    between.sizeBytes += sizeBytes
    between.fileCount += 1
    this.#between.set(key, between)
  }

  #find(path: string): PathNode | null {
    let node: PathNode | undefined = this.root
    for (const name of path.split('/')) node = name === '' ? node : node?.children?.get(name)
    return node ?? null
  }

  #markParents(parent: string, index: number): void {
    let node = this.root
    for (const name of parent.split('/')) {
      if (name === '') continue
      node = childOf(node, name)
      node.parentInLayer = index
    }
  }

  /** The node of a path, made where it is not there. With `index`, the folders above are there in that layer. */
  #ensure(path: string, index?: number): PathNode {
    const names = path.split('/')
    let node = this.root
    for (const [depth, name] of names.entries()) {
      node = childOf(node, name)
      if (index === undefined || depth === names.length - 1) continue
      node.parentInLayer = index
      if (node.isPresent && !node.isDirectory) this.#hide(node, index, 'replaced')
      node.isPresent = true
      node.isDirectory = true
    }
    return node
  }
}

function newNode(): PathNode {
  return {
    children: null,
    isPresent: false,
    isDirectory: false,
    content: null,
    entryBytes: 0,
    parentInLayer: -1,
    sum: 0,
    least: 0,
    count: 0,
  }
}

function newContent(entry: LayerEntry, layer: number): Content {
  return { path: entry.path, sizeBytes: entry.sizeBytes, layer, nameCount: 0, hash: entry.hash ?? '' }
}

function childOf(node: PathNode, name: string): PathNode {
  node.children ??= new Map()
  let child = node.children.get(name)
  if (!child) {
    child = newNode()
    node.children.set(name, child)
  }
  return child
}

function weigh(node: PathNode, sizeBytes: number): void {
  node.least = node.count === 0 ? sizeBytes : Math.min(node.least, sizeBytes)
  node.sum += sizeBytes
  node.count += 1
}

function bytesBelow(node: PathNode): number {
  let bytes = 0
  for (const child of node.children?.values() ?? [])
    if (child.isPresent) bytes += child.entryBytes + bytesBelow(child)
  return bytes
}

function* everyNode(node: PathNode): Generator<PathNode> {
  yield node
  for (const child of node.children?.values() ?? []) yield* everyNode(child)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** One thing in a folder. Sources: the headers of `GET /containers/{id}/archive`, `GET /containers/{id}/changes`. */
export interface FileEntry {
  name: string
  type: 'file' | 'folder' | 'link' | 'device' | 'other'
  /** Null for what has none, and for a file whose bytes stand under another name. */
  sizeBytes: number | null
  /** The nine permission bits and those of set-user, set-group, sticky; null when not known. */
  mode: number | null
  modifiedAtMs: number | null
  /** Numbers inside: `0:0`; empty when not known. */
  owner: string
  /** Where a link points, as written; empty for all else. */
  linkTarget: string
  /** Since the container was made from its image; null: not, or in a volume. */
  change: 'added' | 'changed' | 'removed' | null
}

/** A folder, or what the path is instead. */
export interface FolderListing {
  /** After links were followed. */
  path: string
  /** Null when the path is no folder: `file` says what it is. */
  entries: FileEntry[] | null
  file: FileEntry | null
  /** Why names may be missing; null when all are there. Reading a folder means reading all below it, which is bounded. */
  cut: string | null
  /** True where a volume or a folder of the machine is mounted: changes are not counted there. */
  isMounted: boolean
}

/** The beginning of a file, to be looked at. */
export interface FileText {
  path: string
  text: string
  /** Bytes that are no text: nothing is shown of it. */
  isBinary: boolean
  sizeBytes: number
  /** Only the first bytes were read. */
  isCut: boolean
  mode: number
}

/** What a restore wrote. */
export interface RestoreAnswer {
  files: number
  bytes: number
}

/** `docker diff`: what differs from the image, at most a few thousand paths. */
export interface ContainerChanges {
  changes: { path: string; kind: 'added' | 'changed' | 'removed' }[]
  isCut: boolean
}

/** A mode as `ls -l` writes it: `-rwxr-xr-x`. */
export function modeText(entry: Pick<FileEntry, 'type' | 'mode'>): string {
  if (entry.mode === null) return ''
  const mode = entry.mode
  const letters = { file: '-', folder: 'd', link: 'l', device: 'c', other: '?' }[entry.type]
  const bits = Array.from('rwxrwxrwx', (letter, index) => (mode & (1 << (8 - index)) ? letter : '-'))
  if (mode & 0o4000) bits[2] = bits[2] === 'x' ? 's' : 'S'
  if (mode & 0o2000) bits[5] = bits[5] === 'x' ? 's' : 'S'
  if (mode & 0o1000) bits[8] = bits[8] === 'x' ? 't' : 'T'
  return `${letters}${bits.join('')}`
}

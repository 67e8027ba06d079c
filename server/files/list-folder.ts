import 'server-only'
import { errorCode } from '#lib/api/errors'
import type { ContainerChanges, FileEntry, FolderListing } from '#lib/files/file-entry'
import { baseName, joinPath, parentPath } from '#lib/files/inside-path'
import { inspectContainer } from '#server/engine/containers/containers'
import { log } from '#server/log'
import { listChanges } from './changes.ts'
import { isFolderMode, isLinkMode, openArchive, type PathStat, statPath } from './engine-archive.ts'
import type { Place } from './place.ts'
import { enginePath, type RealPath, resolvePath } from './resolve.ts'
import { type Budget, readHeaders, toEntry } from './tar-headers.ts'

const budget: Budget = { entries: 50_000, bytes: 128 << 20, timeMs: 2_500 }
const maxNames = 5_000
/** Looked for one by one when the root is too big to be read: the archive goes by the alphabet, and /usr is heavy. */
const rootNames =
  'app bin boot code data dev etc home lib lib32 lib64 media mnt opt proc project root run sbin scripts server service src srv sys tmp usr var volume work workspace www'.split(
    ' ',
  )

/**
 * The names in a folder, running or not. There is no list in the Engine's API: the folder's archive is read and its bodies passed over, within bounds;
 * where they are reached, names known from elsewhere are added and the answer says so. Throws `not_found`, `container_not_found`.
 */
export async function listFolder(place: Place, wanted: string): Promise<FolderListing> {
  const real = await resolvePath(place, wanted)
  const context = place.root === '' ? await containerContext(place.containerId, real.path) : nothing
  if (!isFolderMode(real.stat.mode))
    return {
      path: real.path,
      entries: null,
      file: fromStat(real.stat, baseName(real.path)),
      cut: null,
      isMounted: context.isMounted,
    }
  const { entries, cut } = await readNames(place, real)
  if (cut !== null) await addKnown(place, real.path, entries, context)
  mark(entries, real.path, context)
  return { path: real.path, entries: [...entries.values()], file: null, cut, isMounted: context.isMounted }
}

interface Context {
  isMounted: boolean
  changes: ContainerChanges['changes']
  mountPoints: string[]
}
const nothing: Context = { isMounted: false, changes: [], mountPoints: [] }

async function containerContext(containerId: string, path: string): Promise<Context> {
  const raw = await inspectContainer(containerId)
  const mountPoints = raw.Mounts.map(({ Destination }) => Destination)
  const isMounted = mountPoints.some((point) => path === point || path.startsWith(`${point}/`))
  try {
    return { isMounted, mountPoints, changes: isMounted ? [] : (await listChanges(containerId)).changes }
  } catch (error) {
    // A folder without its marks is better than none.
    log.debug('changes could not be read', { error: String(error) })
    return { isMounted, mountPoints, changes: [] }
  }
}

type Entries = Map<string, FileEntry>

async function readNames(
  place: Place,
  { path }: RealPath,
): Promise<{ entries: Entries; cut: string | null }> {
  const entries: Entries = new Map()
  const abort = new AbortController()
  const archive = await openArchive(place.containerId, enginePath(place, path), abort.signal)
  let top: string | null = null
  try {
    const cut = await readHeaders(archive, budget, (header) => {
      // The first header is the folder itself; what follows begins with its name.
      if (top === null) {
        top = header.name.replace(/\/+$/, '')
        return true
      }
      const name = header.name.slice(top.length).replace(/^\/|\/$/g, '')
      if (name !== '' && !name.includes('/'))
        entries.set(name, withLinkedSize(toEntry(header, name), header.linkname, top, entries))
      return entries.size < maxNames
    })
    return { entries, cut: entries.size >= maxNames ? `only the first ${maxNames} names are shown` : cut }
  } finally {
    abort.abort()
  }
}

/** The size of a file's second name is that of its first, when that stands in the same folder. */
function withLinkedSize(
  entry: FileEntry,
  linkName: string | null | undefined,
  top: string,
  entries: Entries,
): FileEntry {
  if (entry.type !== 'file' || entry.sizeBytes !== null || !linkName) return entry
  const first = linkName.startsWith(`${top}/`) ? linkName.slice(top.length + 1) : linkName.split('/').at(-1)
  return { ...entry, sizeBytes: entries.get(first ?? '')?.sizeBytes ?? null }
}

/** Names that are there for sure although the archive was not read so far: usual ones, changed ones, mounts. */
async function addKnown(place: Place, path: string, entries: Entries, context: Context): Promise<void> {
  const names = new Set([
    ...(path === '/' && place.root === '' ? rootNames : []),
    ...context.changes
      .filter(({ kind }) => kind !== 'removed')
      .map((change) => change.path)
      .filter((each) => parentPath(each) === path)
      .map(baseName),
    ...context.mountPoints.filter((each) => parentPath(each) === path).map(baseName),
  ])
  const missing = [...names].filter((name) => !entries.has(name)).slice(0, 200)
  await Promise.all(
    missing.map(async (name) => {
      try {
        entries.set(
          name,
          fromStat(await statPath(place.containerId, enginePath(place, joinPath(path, name))), name),
        )
      } catch (error) {
        if (errorCode(error) !== 'not_found') throw error
      }
    }),
  )
}

function fromStat(stat: PathStat, name: string): FileEntry {
  const isFolder = isFolderMode(stat.mode)
  const isLink = isLinkMode(stat.mode)
  return {
    name,
    type: isFolder
      ? 'folder'
      : isLink
        ? 'link'
        : (stat.mode & 0x0420_0000) !== 0
          ? 'device'
          : (stat.mode & 0x0308_0000) !== 0
            ? 'other'
            : 'file',
    sizeBytes: isFolder || isLink ? null : stat.sizeBytes,
    mode: stat.mode & 0o777,
    modifiedAtMs: stat.modifiedAtMs,
    owner: '',
    linkTarget: stat.linkTarget,
    change: null,
  }
}

function mark(entries: Entries, path: string, { changes }: Context): void {
  for (const change of changes) {
    if (parentPath(change.path) !== path || change.path === '/') continue
    const name = baseName(change.path)
    const entry = entries.get(name)
    if (entry) entries.set(name, { ...entry, change: change.kind })
    else if (change.kind === 'removed')
      entries.set(name, {
        name,
        type: 'other',
        sizeBytes: null,
        mode: null,
        modifiedAtMs: null,
        owner: '',
        linkTarget: '',
        change: 'removed',
      })
  }
}

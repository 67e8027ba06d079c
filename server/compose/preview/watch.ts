import 'server-only'
import { readdirSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { ComposeStatus } from '#lib/compose/preview'
import { snapshot, watchState } from '#server/engine/model/live-model'
import { processWide } from '#server/process-wide'
import { findPlace } from '#server/compose/files/places'
import { readStatus } from './status.ts'

const lookEveryMs = 2_000
const settleMs = 400
const maxWatchedFiles = 200

interface Cached {
  fingerprint: string
  status: Promise<ComposeStatus>
}

const cache = (): Map<string, Cached> => processWide('compose.status', () => new Map())

/**
 * How a project stands to its files, again whenever a file or a container of it changes. Looking costs a few `stat`s every two
 * seconds while somebody watches; Compose is asked only when something is different, once for all who watch.
 */
export async function* watchStatus(
  project: string,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<ComposeStatus> {
  let told: ComposeStatus | null = null
  while (!signal.aborted) {
    const status = await currentStatus(project)
    if (status !== told) yield status
    told = status
    await nextLook(project, signal)
  }
}

/** The newest status; asked anew when the fingerprint of files and containers changed. */
export function currentStatus(project: string): Promise<ComposeStatus> {
  const fingerprint = fingerprintOf(project)
  const known = cache().get(project)
  if (known?.fingerprint === fingerprint) return known.status
  const status = readStatus(project)
  cache().set(project, { fingerprint, status })
  return status
}

/** Waits until the fingerprint changed and then stayed the same for a moment, or the signal aborts. */
async function nextLook(project: string, signal: AbortSignal): Promise<void> {
  const before = cache().get(project)?.fingerprint
  const stop = new AbortController()
  const abort = (): void => stop.abort()
  signal.addEventListener('abort', abort, { once: true })
  const look = setInterval(() => {
    if (fingerprintOf(project) !== before) abort()
  }, lookEveryMs)
  try {
    for await (const _ of watchState({ signal: stop.signal })) if (fingerprintOf(project) !== before) break
    if (!signal.aborted) await settle(project, signal)
  } finally {
    clearInterval(look)
    signal.removeEventListener('abort', abort)
  }
}

/** An `up` changes many containers at once: one question after it is enough. */
async function settle(project: string, signal: AbortSignal): Promise<void> {
  let last = ''
  while (!signal.aborted && last !== fingerprintOf(project)) {
    last = fingerprintOf(project)
    await new Promise<void>((resolve) => setTimeout(resolve, settleMs).unref())
  }
}

/** What the status depends on: the files beside the compose files, the containers and what they were made of, the images. */
function fingerprintOf(project: string): string {
  const { containers, images, engine } = snapshot()
  const own = containers.filter(({ compose }) => compose?.project === project)
  const used = new Set(own.map(({ image }) => image))
  return JSON.stringify([
    engine.state,
    own.map(({ id, name, compose }) => [id, name, compose?.configHash]),
    images.filter(({ tags }) => tags.some((tag) => used.has(tag))).map(({ id }) => id),
    filesOf(project).map(stamp),
  ])
}

function filesOf(project: string): string[] {
  try {
    const { workingDir, configFiles, envFiles } = findPlace(project)
    const named = [...configFiles, ...envFiles].map((file) => resolve(workingDir, file))
    const folders = [...new Set([workingDir, ...named.map((file) => dirname(file))])]
    return [...new Set([...named, ...folders.flatMap(neighbours)])].slice(0, maxWatchedFiles)
  } catch {
    return []
  }
}

/** Files of a folder that compose files may include, extend or read variables from. */
function neighbours(folder: string): string[] {
  try {
    return readdirSync(/* turbopackIgnore: true */ folder)
      .filter((name) => /\.ya?ml$|\.env$|^\.env/.test(name))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

function stamp(file: string): string {
  try {
    const { mtimeMs, size, mode } = statSync(/* turbopackIgnore: true */ file)
    return `${file} ${mtimeMs} ${size} ${mode}`
  } catch {
    return `${file} missing`
  }
}

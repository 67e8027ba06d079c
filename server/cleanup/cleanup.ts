import 'server-only'
import { errorCode } from '#lib/api/errors'
import {
  type CleanupItem,
  type CleanupPlan,
  cleanupCommands,
  cleanupKinds,
  planCleanup,
} from '#lib/docker/cleanup/cleanup'
import type { CleanupRequest } from '#lib/docker/cleanup/cleanup-request'
import { formatBytes } from '#lib/format/bytes'
import type { Job } from '#lib/jobs/job'
import { pruneBuildCache } from '#server/engine/images/build-cache'
import { removeContainer } from '#server/engine/containers/container-actions'
import { measureCleanup } from '#server/engine/disk-usage'
import { removeImage, untagImage } from '#server/engine/images/image-actions'
import { firstSnapshot, snapshot } from '#server/engine/model/live-model'
import { removeNetwork } from '#server/engine/networks/network-actions'
import { removeVolume } from '#server/engine/volumes/volume-actions'
import { type JobOutcome, startJob } from '#server/jobs/jobs'
import type { JobSink } from '#server/jobs/sink'

/** Everything that nobody uses now, with what its removal frees. Source: the live model and `GET /system/df`, which is slow. */
export async function readCleanup(): Promise<CleanupPlan> {
  await firstSnapshot()
  const sizes = await measureCleanup()
  return planCleanup(snapshot(), sizes)
}

/**
 * Removes exactly what is asked, as a job, in an order in which nothing holds the next. Each is looked at once more: what somebody
 * uses by now stays, and the job says so. Never `docker system prune`, which takes what came up meanwhile.
 */
export async function startCleanup({ items }: CleanupRequest, who: string): Promise<Job> {
  const wanted = new Set(items.map(({ kind, id }) => `${kind} ${id}`))
  const plan = await readCleanup()
  const chosen = cleanupKinds.flatMap((kind) =>
    plan.items.filter((item) => item.kind === kind && wanted.has(`${kind} ${item.id}`)),
  )
  const missing = items.length - chosen.length
  return startJob({
    kind: 'engine.cleanup',
    title: chosen.length === 1 ? 'Clean up one thing' : `Clean up ${chosen.length} things`,
    command: cleanupCommands(chosen)[0] ?? ['docker', 'system', 'df'],
    who,
    lane: 'cleanup',
    run: (sink, signal) => removeAll(chosen, missing, sink, signal),
  }).job
}

async function removeAll(
  items: readonly CleanupItem[],
  missing: number,
  sink: JobSink,
  signal: AbortSignal,
): Promise<JobOutcome> {
  for (const command of cleanupCommands(items)) sink.line(`$ ${command.join(' ')}`, 'note')
  for (const item of items) sink.step({ ...stepOf(item), state: 'waiting' })
  let freed = 0
  let kept = missing
  for (const item of items) {
    signal.throwIfAborted()
    const startedAtMs = Date.now()
    try {
      freed += await removeOne(item)
      sink.step({ ...stepOf(item), state: 'done', startedAtMs, endedAtMs: Date.now() })
    } catch (error) {
      if (errorCode(error) === null) throw error
      kept += 1
      const words = error instanceof Error ? error.message : ''
      sink.step({ ...stepOf(item), state: 'failed', error: words, startedAtMs, endedAtMs: Date.now() })
      sink.line(`${item.name} stays: ${words}`, 'stderr', stepOf(item).id)
    }
  }
  const result = `${items.length + missing - kept} removed, ${formatBytes(freed)} freed${kept > 0 ? `, ${kept} kept: in use by now, or gone` : ''}`
  return { isFailed: kept > 0, result }
}

function stepOf({ kind, id, name, sizeBytes }: CleanupItem): {
  id: string
  label: string
  detail: string
} {
  return { id: `${kind} ${id}`, label: name, detail: sizeBytes ? formatBytes(sizeBytes) : '' }
}

/** Bytes freed, as far as is known. */
async function removeOne(item: CleanupItem): Promise<number> {
  switch (item.kind) {
    case 'container':
      await removeContainer(item.id)
      break
    case 'network':
      await removeNetwork(item.id)
      break
    case 'volume':
      await removeVolume(item.name)
      break
    case 'image':
      await removeEveryName(item)
      break
    case 'build_cache':
      return pruneBuildCache()
    default:
      item.kind satisfies never
  }
  return item.sizeBytes ?? 0
}

/** By name where it has names: an image with names in several repositories cannot go by its id without force. */
async function removeEveryName(item: CleanupItem): Promise<void> {
  if (item.reason === 'dangling') await removeImage(item.id, { isForced: false })
  else
    for (const name of [item.name, ...item.otherNames]) await untagImage(item.id, name, { isForced: false })
}

import 'server-only'
import type { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { StatsMessage } from '#lib/api/live'
import type { StatsSample } from '#lib/docker/containers/stats'
import { type RawStats, sampleBetween } from '#lib/docker/containers/stats-sample'
import { log } from '#server/log'
import { processWide } from '#server/process-wide'
import { streamClient } from '../client/client.ts'
import { modelContainer } from '../model/live-model.ts'
import { readJsonLines } from '../client/json-lines.ts'

const keptSamples = 60
const graceMs = 5_000
const everyMs = 1_000

/** One followed container: one stream of the Engine, however many look. */
interface Followed {
  viewers: number
  samples: StatsSample[]
  /** Set while the Engine's stream is open. */
  stream: AbortController | null
  closing: NodeJS.Timeout | null
}

const followed = (): Map<string, Followed> => processWide('engine.stats', () => new Map())

/** Containers whose stats the Engine sends right now. */
export function statsStreamCount(): number {
  return [...followed().values()].filter(({ stream }) => stream !== null).length
}

/**
 * Samples of these containers (full ids), once a second until `signal` aborts: first what is known of the last minute, then
 * what came since. Stopped containers send nothing and begin by themselves when they start.
 * Source: `GET /containers/{id}/stats`, one stream per container, closed 5 s after its last viewer.
 */
export async function* followStats(
  containerIds: readonly string[],
  options: { signal: AbortSignal },
): AsyncGenerator<StatsMessage> {
  const { signal } = options
  const ids = [...new Set(containerIds)]
  const sentAtMs = new Map<string, number>()
  for (const id of ids) enter(id)
  try {
    yield newSamples(ids, sentAtMs)
    while (!signal.aborted) {
      for (const id of ids) openIfRunning(id)
      await sleep(everyMs, undefined, { signal }).catch(() => undefined)
      const message = newSamples(ids, sentAtMs)
      if (!signal.aborted && Object.keys(message.samples).length > 0) yield message
    }
  } finally {
    for (const id of ids) leave(id)
  }
}

function newSamples(ids: readonly string[], sentAtMs: Map<string, number>): StatsMessage {
  const samples: StatsMessage['samples'] = {}
  for (const id of ids) {
    const since = sentAtMs.get(id) ?? 0
    const fresh =
      followed()
        .get(id)
        ?.samples.filter(({ atMs }) => atMs > since) ?? []
    const last = fresh.at(-1)
    if (!last) continue
    sentAtMs.set(id, last.atMs)
    samples[id] = fresh
  }
  return { samples }
}

function enter(id: string): void {
  const entry = followed().get(id) ?? { viewers: 0, samples: [], stream: null, closing: null }
  followed().set(id, entry)
  entry.viewers += 1
  if (entry.closing) clearTimeout(entry.closing)
  entry.closing = null
}

function leave(id: string): void {
  const entry = followed().get(id)
  if (!entry) return
  entry.viewers -= 1
  if (entry.viewers > 0) return
  entry.closing = setTimeout(() => {
    entry.stream?.abort()
    followed().delete(id)
  }, graceMs).unref()
}

function openIfRunning(id: string): void {
  const entry = followed().get(id)
  const state = modelContainer(id)?.state
  if (!entry || entry.stream || (state !== 'running' && state !== 'paused')) return
  const abort = new AbortController()
  entry.stream = abort
  void readStream(id, entry, abort.signal)
    .catch((error: unknown) => log.debug('a stats stream ended', { id, error: String(error) }))
    // Whoever still looks opens it again with the next second, if the container runs.
    .finally(() => (entry.stream = null))
}

async function readStream(id: string, entry: Followed, signal: AbortSignal): Promise<void> {
  const stream: NodeJS.ReadableStream = await streamClient().getContainer(id).stats({ stream: true })
  let before: RawStats | null = null
  for await (const raw of readJsonLines(stream as Readable, signal)) {
    const now = raw as RawStats
    const sample = before ? sampleBetween(before, now) : null
    if (sample) entry.samples = [...entry.samples.slice(1 - keptSamples), sample]
    before = now
    if (!isFollowable(id)) return
  }
}

// The Engine keeps sending empty readings for a container that stopped.
function isFollowable(id: string): boolean {
  const state = modelContainer(id)?.state
  return state === 'running' || state === 'paused'
}

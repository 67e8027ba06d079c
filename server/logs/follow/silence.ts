import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LogDecoder } from '#lib/logs/decode-log'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import type { LogEngine } from '../log-engine.ts'
import { readLog } from '../read-history.ts'

/** Lines that never end are shown after this long. */
const unfinishedMs = 1_000
/**
 * A follow that says nothing is looked at after this long, then twice as long, up to the last. One that is never silent is looked at
 * early when it is; one that often is for no reason teaches patience, and costs the Engine no more questions.
 */
const firstLookMs = { least: 400, mostWatched: 1_000, mostRecorded: 2_000 }
/** A look costs the Engine a millisecond: less often where nobody waits for the lines. */
const lastLookMs = { watched: 15_000, recorded: 120_000 }

/** From the end of a file that was cut short the Engine reads nothing, and takes most of a second for it. */
const slowMs = 200

/** `behind`: the log has lines that the follow did not give. `cut`: and it can be read from its start only. */
export type FollowState = 'working' | 'behind' | 'cut'

/** Hands out a line whose end has not come for a second. */
export function watchUnfinished(decoder: LogDecoder, take: () => unknown): NodeJS.Timeout {
  let wasWaiting = false
  const timer = setInterval(() => {
    if (wasWaiting && decoder.hasUnfinished) {
      decoder.flushUnfinished()
      take()
    }
    wasWaiting = decoder.hasUnfinished
  }, unfinishedMs)
  timer.unref()
  return timer
}

export interface SilenceWatch {
  heard: () => void
  stop: () => void
  /** What a look found. */
  readonly state: FollowState
}

/** Looks whether a follow that has gone silent is only quiet: `ask` asks the Engine, `onStuck` is called once. */
export function watchSilence(
  ask: () => Promise<FollowState>,
  onStuck: () => void,
  isWatched: () => boolean,
): SilenceWatch {
  let [heardCount, patienceMs, lookMs, isOver] = [0, firstLookMs.least, firstLookMs.least, false]
  let timer = setTimeout(look, lookMs)
  timer.unref()
  const watch = {
    state: 'working' as FollowState,
    heard: () => {
      heardCount += 1
    },
    stop: () => {
      isOver = true
      clearTimeout(timer)
    },
  }
  let before = 0
  function look(): void {
    const isSilent = heardCount === before
    before = heardCount
    const longest = isWatched() ? lastLookMs.watched : lastLookMs.recorded
    lookMs = isSilent ? Math.min(longest, lookMs * 2) : patienceMs
    const asking = isSilent ? ask() : Promise.resolve<FollowState>('working')
    void asking
      .catch((): FollowState => 'working')
      .then((state) => {
        if (isOver) return
        // What came while the Engine was asked came through the follow: it works.
        if (state !== 'working' && heardCount === before) {
          watch.state = state
          onStuck()
          return
        }
        const most = isWatched() ? firstLookMs.mostWatched : firstLookMs.mostRecorded
        if (isSilent) patienceMs = Math.min(most, patienceMs * 2)
        timer = setTimeout(look, lookMs)
        timer.unref()
      })
  }
  return watch
}

/** Whether the log has lines later than `newest` (null: none came) that a follow should have given. */
export async function lookAtFollow(
  engine: LogEngine,
  containerId: string,
  newest: NanoTime | null,
  signal: AbortSignal,
): Promise<FollowState> {
  const leaving = new AbortController()
  const either = AbortSignal.any([signal, leaving.signal])
  const isLater = (time: NanoTime): boolean => newest === null || compareTimes(time, newest) > 0
  const readStart = async () => (await readFirst(engine, containerId, 'all', either)).time
  const reading = readFirst(engine, containerId, 1, either)
  reading.catch(() => undefined)
  try {
    if (await isSlow(reading)) {
      // A log that begins behind all that was read is another one, and needs no end.
      const start = await readStart()
      if (start && isLater(start)) return 'cut'
    }
    const end = await reading
    if (end.time) return isLater(end.time) ? 'behind' : 'working'
    // A line whose end has not come is an end too.
    if (end.messageCount > 0) return 'working'
    return (await readStart()) ? 'cut' : 'working'
  } finally {
    leaving.abort()
  }
}

async function isSlow(reading: Promise<unknown>): Promise<boolean> {
  const waiting = new AbortController()
  const late = sleep(slowMs, true, { signal: waiting.signal }).catch(() => true)
  const isLate = await Promise.race([late, reading.then(() => false)])
  waiting.abort()
  return isLate
}

async function readFirst(
  engine: LogEngine,
  containerId: string,
  tail: number | 'all',
  signal: AbortSignal,
): Promise<{ time: NanoTime | null; messageCount: number }> {
  let messages = 0
  for await (const { batch, messageCount } of readLog(engine, containerId, { tail }, signal)) {
    messages = messageCount
    if (batch.count > 0) return { time: batch.cursorOf(0), messageCount }
  }
  return { time: null, messageCount: messages }
}

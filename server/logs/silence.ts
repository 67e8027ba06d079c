import 'server-only'
import type { LogDecoder } from '#lib/logs/decode-log'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import type { LogEngine } from './log-engine.ts'
import { readLog } from './read-history.ts'

/** Lines that never end are shown after this long. */
const unfinishedMs = 1_000
/**
 * A follow that says nothing is looked at after this long, then twice as long, up to the last. One that is never silent is looked at
 * early when it is; one that often is for no reason teaches patience, and costs the Engine no more questions.
 */
const firstLookMs = { least: 500, most: 2_000 }
/** A look costs the Engine a millisecond: less often where nobody waits for the lines. */
const lastLookMs = { watched: 30_000, recorded: 120_000 }

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
  readonly isStuck: boolean
}

/** Looks whether a follow that has gone silent is only quiet: `isStuck` asks the Engine, `onStuck` is called once. */
export function watchSilence(
  isStuck: () => Promise<boolean>,
  onStuck: () => void,
  isWatched: () => boolean,
): SilenceWatch {
  let [heardCount, patienceMs, lookMs, isOver] = [0, firstLookMs.least, firstLookMs.least, false]
  let timer = setTimeout(look, lookMs)
  timer.unref()
  const watch = {
    heard: () => {
      heardCount += 1
    },
    stop: () => {
      isOver = true
      clearTimeout(timer)
    },
    isStuck: false,
  }
  let before = 0
  function look(): void {
    const isSilent = heardCount === before
    before = heardCount
    const longest = isWatched() ? lastLookMs.watched : lastLookMs.recorded
    lookMs = isSilent ? Math.min(longest, lookMs * 2) : patienceMs
    void (isSilent ? isStuck().catch(() => false) : Promise.resolve(false)).then((answer) => {
      if (isOver) return
      // What came while the Engine was asked came through the follow: it works.
      if (answer && heardCount === before) {
        watch.isStuck = true
        onStuck()
        return
      }
      if (isSilent) patienceMs = Math.min(firstLookMs.most, patienceMs * 2)
      timer = setTimeout(look, lookMs)
      timer.unref()
    })
  }
  return watch
}

/**
 * True when the log has lines later than `newest` (null: none came) that a follow should have given. A log file that was
 * cut short under the Engine gives nothing from its end and is read from its start.
 */
export async function isFollowStuck(
  engine: LogEngine,
  containerId: string,
  newest: NanoTime | null,
  signal: AbortSignal,
): Promise<boolean> {
  const end = await readFirst(engine, containerId, 1, signal)
  if (end.time) return newest === null || compareTimes(end.time, newest) > 0
  // A line whose end has not come is an end too.
  if (end.messageCount > 0) return false
  return (await readFirst(engine, containerId, 'all', signal)).time !== null
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

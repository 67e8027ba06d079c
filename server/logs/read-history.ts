import 'server-only'
import { isAlive } from '#lib/docker/containers/container'
import { compareCursors, type LineCursor } from '#lib/logs/cursor'
import { CursorSkip } from '#lib/logs/cursor-skip'
import { LogDecoder } from '#lib/logs/decode-log'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes } from '#lib/logs/nano-time'
import type { LogEngine, OpenLogs } from './log-engine.ts'
import { batchBytes, batchRoomBytes } from './request-logs.ts'

/** Reading behind a cursor begins near the end and goes further back only when it must: `tail` is cheap, `since` scans. */
const tailSteps = [1_000, 32_000, 512_000] as const

interface Reading {
  batch: LineBatch
  /** Engine messages read so far. */
  messageCount: number
}

/** One finite read of a log, batch by batch, no faster than it is taken. Aborts the Engine's answer when left early. */
export async function* readLog(
  engine: LogEngine,
  containerId: string,
  options: Omit<OpenLogs, 'isFollowing'>,
  signal: AbortSignal,
): AsyncGenerator<Reading> {
  const ending = new AbortController()
  const either = AbortSignal.any([signal, ending.signal])
  const hasTty = engine.container(containerId)?.hasTty ?? false
  const stream = await engine.open(containerId, { ...options, isFollowing: false }, either)
  try {
    let batch = new LineBatch(batchRoomBytes)
    const decoder = new LogDecoder(
      { line: (line, bytes, start, end) => batch.line(line, bytes, start, end) },
      { hasTty },
    )
    for await (const chunk of stream) {
      decoder.push(chunk)
      if (batch.length < batchBytes) continue
      yield { batch, messageCount: decoder.messageCount }
      batch = new LineBatch(batchRoomBytes)
    }
    // A line that is being written comes whole with the lines that follow.
    const container = engine.container(containerId)
    if (!container || !isAlive(container)) decoder.end()
    yield { batch, messageCount: decoder.messageCount }
  } finally {
    ending.abort()
    stream.destroy()
  }
}

/**
 * The last `count` messages of a log, whole lines only: one message more is asked for, and what may be the rest of a
 * line that began before is left out. `isFromStart`: there is nothing before them.
 */
export async function readTail(
  engine: LogEngine,
  containerId: string,
  count: number,
  signal: AbortSignal,
): Promise<{ batch: LineBatch; isFromStart: boolean }> {
  const all = new LineBatch(batchBytes)
  let messages = 0
  for await (const { batch, messageCount } of readLog(engine, containerId, { tail: count + 1 }, signal)) {
    all.addRange(batch, 0, batch.count, 0)
    messages = messageCount
  }
  if (messages === 0) return readLast(engine, containerId, count, signal)
  if (messages <= count) return { batch: all, isFromStart: true }
  const whole = new LineBatch(all.length)
  const isTorn = tornLines(all)
  for (let index = 0; index < all.count; index += 1) if (!isTorn(index)) whole.addLine(all, index, 0)
  return { batch: whole, isFromStart: false }
}

/** The last lines of a log that gives nothing from its end: it is empty, or was cut short under the Engine. */
async function readLast(
  engine: LogEngine,
  containerId: string,
  count: number,
  signal: AbortSignal,
): Promise<{ batch: LineBatch; isFromStart: boolean }> {
  let kept = new LineBatch()
  let isFromStart = true
  for await (const { batch } of readLog(engine, containerId, { tail: 'all' }, signal)) {
    kept.addRange(batch, 0, batch.count, 0)
    if (kept.count <= 2 * count) continue
    const last = new LineBatch(kept.length)
    last.addRange(kept, kept.count - count, kept.count, 0)
    kept = last
    isFromStart = false
  }
  return { batch: kept, isFromStart }
}

/**
 * Which lines at the beginning of a tail may lack their beginning: the first of each stream, when it is not later than
 * the first message (parts carry the time of the line's beginning).
 */
export function tornLines(batch: LineBatch): (index: number) => boolean {
  const firsts = new Set<number>()
  const first = batch.cursorOf(0)
  const seen = { out: false, err: false }
  for (let index = 0; index < batch.count && !(seen.out && seen.err); index += 1) {
    const cursor = batch.cursorOf(index)
    const stream = cursor.isStderr ? 'err' : 'out'
    if (!seen[stream] && (index === 0 || compareTimes(cursor, first) <= 0)) firsts.add(index)
    seen[stream] = true
  }
  return (index) => firsts.has(index)
}

/**
 * The lines behind a cursor that are written by now, exactly once. `hasGap` on the first batch: the cursor's line is no
 * longer there, and how many are missing cannot be known. With null: all there is. `isCut`: the log cannot be read from its end.
 */
export async function* readAfter(
  engine: LogEngine,
  containerId: string,
  cursor: LineCursor | null,
  signal: AbortSignal,
  isCut = false,
): AsyncGenerator<{ batch: LineBatch; hasGap: boolean }> {
  if (cursor && !isCut) {
    for (const tail of tailSteps) {
      const skip = new CursorSkip(cursor)
      let lineCount = 0
      for await (const { batch } of readLog(engine, containerId, { tail }, signal)) {
        lineCount += batch.count
        const fresh = skip.take(batch)
        if (skip.state === 'missed') break
        if (fresh.count > 0) yield { batch: fresh, hasGap: false }
      }
      if (skip.state === 'missed') continue
      // A file that was cut short under the Engine has no end to read from, only a start.
      if (lineCount === 0) break
      const held = skip.end()
      if (held.count > 0) yield { batch: held, hasGap: false }
      return
    }
  }
  const skip = new CursorSkip(cursor)
  // An overlap of a second: stdout and stderr are not quite in the order of time.
  const from: Omit<OpenLogs, 'isFollowing'> = cursor
    ? { tail: 'all', sinceSeconds: cursor.seconds - 1 }
    : { tail: 'all' }
  let isFirst = true
  for await (const { batch } of readLog(engine, containerId, from, signal)) {
    const fresh = skip.take(batch)
    if (fresh.count === 0) continue
    yield { batch: fresh, hasGap: isFirst && skip.state === 'missed' }
    isFirst = false
  }
  const held = skip.end()
  if (held.count > 0) yield { batch: held, hasGap: false }
}

export interface OlderLines {
  batch: LineBatch
  /** There is nothing before the first of these lines. */
  isFromStart: boolean
}

/**
 * About `limit` lines that end right before a cursor, oldest first. The Engine cannot page backwards: the end of the log
 * is read from `heldCount + limit` messages back, and reading stops at the cursor. `heldCount`: lines the reader holds
 * from the cursor on.
 */
export async function* readBefore(
  engine: LogEngine,
  containerId: string,
  cursor: LineCursor,
  options: { limit: number; heldCount: number },
  signal: AbortSignal,
): AsyncGenerator<OlderLines> {
  const start = await readStart(engine, containerId, signal)
  for (let tail = options.heldCount + options.limit; start; tail *= 2) {
    let isFirstBatch = true
    let isFromStart = false
    let isReached = false
    let lineCount = 0
    for await (const { batch } of readLog(engine, containerId, { tail }, signal)) {
      const end = endBefore(batch, cursor)
      isReached = end < batch.count
      if (isFirstBatch) isFromStart = batch.count > 0 && compareCursors(batch.cursorOf(0), start) === 0
      const older = withoutTorn(batch, end, isFirstBatch && !isFromStart)
      isFirstBatch = false
      lineCount += older.count
      if (older.count > 0) yield { batch: older, isFromStart }
      if (isReached) break
    }
    if (lineCount > 0 || isFromStart || !isReached) {
      if (lineCount === 0) yield { batch: new LineBatch(), isFromStart: true }
      return
    }
    // Not far enough back: a long line is several messages, and new ones came meanwhile.
  }
  yield { batch: new LineBatch(), isFromStart: true }
}

/** The first line there is; null when the log is empty. The answer is left as soon as it has begun. */
export async function readStart(
  engine: LogEngine,
  containerId: string,
  signal: AbortSignal,
): Promise<LineCursor | null> {
  for await (const { batch } of readLog(engine, containerId, { tail: 'all' }, signal))
    if (batch.count > 0) return batch.cursorOf(0)
  return null
}

/** Lines 0 up to `end`, without those that may lack their beginning. */
function withoutTorn(batch: LineBatch, end: number, mayBeTorn: boolean): LineBatch {
  const lines = new LineBatch(batch.length)
  const isTorn = mayBeTorn ? tornLines(batch) : () => false
  if (!mayBeTorn) lines.addRange(batch, 0, end, 0)
  else for (let index = 0; index < end; index += 1) if (!isTorn(index)) lines.addLine(batch, index, 0)
  return lines
}

/** Index of the first line that is not before the cursor; `count` when all are. */
function endBefore(batch: LineBatch, cursor: LineCursor): number {
  for (let index = 0; index < batch.count; index += 1) {
    const line = batch.cursorOf(index)
    if (line.isStderr === cursor.isStderr && compareCursors(line, cursor) >= 0) return index
  }
  return batch.count
}

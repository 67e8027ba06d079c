import 'server-only'
import { errorCode } from '#lib/api/errors'
import { formatCursor } from '#lib/logs/cursor'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime, toMs } from '#lib/logs/nano-time'
import { historyPlace } from '#server/history/place'
import { unreadableDriver } from '../log-engine.ts'
import { feeds } from '../follow/live-feeds.ts'
import type { TargetSource } from '../target.ts'
import { type ArchiveWindow, readArchiveWindow } from './archive-window.ts'
import { type LogWindow, readEngineWindow, type WindowSize } from './engine-window.ts'

/** The lines of one container around a time, from the archive where it has them, else from the Engine, else from both. */
export async function readWindow(
  { containerId, container }: TargetSource,
  at: NanoTime,
  size: WindowSize,
  signal: AbortSignal,
): Promise<LogWindow> {
  const kept = historyPlace()
    ? await readArchiveWindow(containerId, at, size, signal).catch(() => null)
    : null
  if (!container) return kept ?? nothing()
  if (kept && isEnough(kept, at, size)) return kept
  const engine = await readEngineWindow(feeds().engine, containerId, at, size, signal).catch(
    nothingIfUnreadable,
  )
  return kept ? union(kept, engine) : engine
}

/** What the Engine could add is neither among these lines nor directly around them. */
function isEnough(kept: ArchiveWindow, at: NanoTime, size: WindowSize): boolean {
  if (kept.lastMs === null || kept.lastMs <= toMs(at)) return false
  const hasBefore = kept.hasOlder || kept.before.count >= size.before || !kept.mayLackOlder
  return hasBefore && (kept.hasNewer || size.after === 0)
}

/** Both are whole around the time as far as they go: every line of either, once. */
function union(a: LogWindow, b: LogWindow): LogWindow {
  return {
    before: merged(a.before, b.before),
    after: merged(a.after, b.after),
    hasOlder: a.hasOlder || b.hasOlder,
    hasNewer: a.hasNewer || b.hasNewer,
  }
}

function merged(a: LineBatch, b: LineBatch): LineBatch {
  const seen = new Set<string>()
  const places = [a, b].flatMap((batch) =>
    Array.from({ length: batch.count }, (_, index) => ({ batch, index, cursor: batch.cursorOf(index) })),
  )
  const lines = new LineBatch(a.length + b.length + 1)
  for (const { batch, index, cursor } of places.sort((x, y) => compareTimes(x.cursor, y.cursor))) {
    const key = formatCursor(cursor)
    if (seen.has(key)) continue
    seen.add(key)
    lines.addLine(batch, index, 0)
  }
  return lines
}

/** What cannot be read has no lines here; the other containers have. */
function nothingIfUnreadable(error: unknown): LogWindow {
  if (unreadableDriver(error) === null && errorCode(error) !== 'container_not_found') throw error
  return nothing()
}

function nothing(): LogWindow {
  return { before: new LineBatch(), after: new LineBatch(), hasOlder: false, hasNewer: false }
}

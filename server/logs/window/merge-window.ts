import 'server-only'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import type { LogWindow, WindowSize } from './engine-window.ts'

interface Place {
  time: NanoTime
  batch: LineBatch
  index: number
  source: number
}

/**
 * The lines of several containers around a time as one batch in the order of time, about `size` of them: lines of exactly
 * the time of the outermost ones are kept, so that the next page begins at a time of its own.
 */
export function mergeWindows(
  windows: readonly LogWindow[],
  size: WindowSize,
): { lines: LineBatch; hasOlder: boolean; hasNewer: boolean } {
  const before = placesOf(windows.map((window) => window.before))
  const after = placesOf(windows.map((window) => window.after))
  const from = edgeBack(before, before.length - size.before)
  const to = edgeForward(after, size.after)
  const lines = new LineBatch()
  for (const { batch, index, source } of [...before.slice(from), ...after.slice(0, to)])
    lines.addLine(batch, index, source)
  return {
    lines,
    hasOlder: from > 0 || windows.some((window) => window.hasOlder),
    hasNewer: to < after.length || windows.some((window) => window.hasNewer),
  }
}

function placesOf(batches: readonly LineBatch[]): Place[] {
  const places = batches.flatMap((batch, source) =>
    Array.from({ length: batch.count }, (_, index) => ({
      time: batch.cursorOf(index),
      batch,
      index,
      source,
    })),
  )
  // Stable: lines of one container with one time stay as the log has them.
  return places.sort((a, b) => compareTimes(a.time, b.time))
}

function edgeBack(places: readonly Place[], start: number): number {
  let at = Math.max(0, start)
  while (at > 0 && isSameTime(places[at - 1], places[at])) at -= 1
  return at
}

function edgeForward(places: readonly Place[], end: number): number {
  let at = Math.min(places.length, end)
  while (at > 0 && at < places.length && isSameTime(places[at - 1], places[at])) at += 1
  return at
}

function isSameTime(a: Place | undefined, b: Place | undefined): boolean {
  return a !== undefined && b !== undefined && compareTimes(a.time, b.time) === 0
}

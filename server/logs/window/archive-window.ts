import 'server-only'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime, toMs } from '#lib/logs/nano-time'
import { history } from '#server/history/history'
import type { HistoryContainer } from '#lib/api/history'
import type { LogWindow, WindowSize } from './engine-window.ts'

export interface ArchiveWindow extends LogWindow {
  /** The archive has lines up to here; null: none of this container. */
  lastMs: number | null
  /** Lines in front of its first one were kept once, or written before recording began. */
  mayLackOlder: boolean
}

/** The archive's lines of one container around a time. */
export async function readArchiveWindow(
  containerId: string,
  at: NanoTime,
  size: WindowSize,
  signal: AbortSignal,
): Promise<ArchiveWindow> {
  const [before, after] = [
    await readSide(containerId, at, { direction: 'backwards', count: size.before }, signal),
    await readSide(containerId, at, { direction: 'forwards', count: size.after }, signal),
  ]
  const container = before.container ?? after.container
  return {
    before: before.lines,
    after: after.lines,
    hasOlder: before.hasMore,
    hasNewer: after.hasMore,
    lastMs: container?.lastLineAtMs ?? null,
    mayLackOlder: (container?.letGoLines ?? 0) > 0,
  }
}

interface Side {
  lines: LineBatch
  hasMore: boolean
  container: HistoryContainer | null
}

async function readSide(
  containerId: string,
  at: NanoTime,
  { direction, count }: { direction: 'forwards' | 'backwards'; count: number },
  signal: AbortSignal,
): Promise<Side> {
  const isForwards = direction === 'forwards'
  const range = isForwards ? { fromMs: toMs(at) } : { toMs: toMs(at) }
  const parts: LineBatch[] = []
  const side: Side = { lines: new LineBatch(), hasMore: false, container: null }
  let taken = 0
  for await (const item of history().read({ targets: [{ containerId }], direction, ...range }, signal)) {
    if (item.kind === 'sources') side.container = item.sources[0] ?? null
    if (item.kind !== 'lines') continue
    const part = new LineBatch()
    for (let index = 0; index < item.lines.count; index += 1)
      if (compareTimes(item.lines.cursorOf(index), at) >= 0 === isForwards) part.addLine(item.lines, index, 0)
    parts.push(part)
    taken += part.count
    // A few more: lines of one time stay together.
    if (taken > count + 100) {
      side.hasMore = true
      break
    }
  }
  for (const part of isForwards ? parts : parts.reverse()) side.lines.addRange(part, 0, part.count, 0)
  return side
}

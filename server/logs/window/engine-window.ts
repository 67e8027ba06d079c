import 'server-only'
import { compareCursors } from '#lib/logs/cursor'
import { LineBatch } from '#lib/logs/line-batch'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import type { LogEngine } from '../log-engine.ts'
import { readLog, readStart, tornLines } from '../read-history.ts'

/** The Engine cannot be asked for the middle of a log: its end is read from further and further back. */
const tailSteps = [2_000, 16_000, 128_000, 'all'] as const
/** stdout and stderr are not quite in the order of time. */
const disorderSeconds = 1

/** Lines of one container in front of a time and from it on, each in the log's order. */
export interface LogWindow {
  before: LineBatch
  after: LineBatch
  hasOlder: boolean
  hasNewer: boolean
}

export interface WindowSize {
  before: number
  after: number
}

/** At least `size` lines around a time, as far as there are so many. */
export async function readEngineWindow(
  engine: LogEngine,
  containerId: string,
  at: NanoTime,
  size: WindowSize,
  signal: AbortSignal,
): Promise<LogWindow> {
  const start = await readStart(engine, containerId, signal)
  let window: LogWindow = {
    before: new LineBatch(),
    after: new LineBatch(),
    hasOlder: false,
    hasNewer: false,
  }
  if (!start) return window
  for (const tail of tailSteps) {
    const part = new WindowPart(at, size)
    let isFromStart = false
    let isFirst = true
    for await (const { batch } of readLog(engine, containerId, { tail }, signal)) {
      if (isFirst && batch.count > 0) {
        isFirst = false
        isFromStart = compareCursors(batch.cursorOf(0), start) === 0
        const isTooLate = compareTimes(batch.cursorOf(0), at) >= 0
        if (isTooLate && !isFromStart && tail !== 'all') break
        part.take(batch, isFromStart ? () => false : tornLines(batch))
      } else part.take(batch, () => false)
      if (part.isFull) break
    }
    window = part.window(!isFromStart)
    if (isFromStart || window.before.count >= size.before) break
  }
  return window
}

class WindowPart {
  readonly #at: NanoTime
  readonly #size: WindowSize
  #before = new LineBatch()
  readonly #after = new LineBatch()
  #droppedCount = 0
  isFull = false

  constructor(at: NanoTime, size: WindowSize) {
    this.#at = at
    this.#size = size
  }

  take(batch: LineBatch, isTorn: (index: number) => boolean): void {
    for (let index = 0; index < batch.count && !this.isFull; index += 1) {
      if (isTorn(index)) continue
      const line = batch.cursorOf(index)
      if (compareTimes(line, this.#at) < 0) this.#before.addLine(batch, index, 0)
      else if (this.#isBehind(line)) this.isFull = true
      else this.#after.addLine(batch, index, 0)
    }
    const spare = this.#before.count - this.#size.before
    if (spare > this.#size.before + 1_000) this.#drop(spare)
  }

  window(mayHaveOlder: boolean): LogWindow {
    return {
      before: this.#before,
      after: this.#after,
      hasOlder: mayHaveOlder || this.#droppedCount > 0,
      hasNewer: this.isFull,
    }
  }

  /** Enough lines from the time on, and this one cannot belong among them any more. */
  #isBehind(line: NanoTime): boolean {
    const last = this.#size.after - 1
    if (this.#after.count <= last) return false
    const edge = last < 0 ? this.#at : this.#after.cursorOf(last)
    return line.seconds > edge.seconds + disorderSeconds || this.#after.count > this.#size.after + 1_000
  }

  #drop(count: number): void {
    const rest = new LineBatch(this.#before.length)
    rest.addRange(this.#before, count, this.#before.count, 0)
    this.#before = rest
    this.#droppedCount += count
  }
}

import 'server-only'
import { compareTimes, type NanoTime } from '#lib/logs/nano-time'
import type { SourceMessage } from '#server/logs/follow/ring'
import type { Chunk } from '../chunk.ts'
import type { Sql } from '../sql.ts'
import type { HistoryRange } from '../store.ts'
import { chunkBefore, chunkFrom } from './chunks.ts'

/** Messages that stand somewhere among the lines. */
export type Timed = Extract<SourceMessage, { seconds: number }>

/** What a walk gives next: line `index` of its chunk, or a message. */
export type WalkHead = { time: NanoTime; message: Timed | null }

export interface WalkOptions extends HistoryRange {
  isForwards: boolean
  /** First line to give (forwards), or the line in front of which to begin (backwards). */
  start: number
  /** Forwards: the line in front of which to stop, or null. */
  end: number | null
  /** Forwards, begun in the middle: messages from before the first line given are left out. */
  isPage: boolean
  /** Messages must be no earlier (forwards) or no later (backwards) than this. */
  startTime: NanoTime | null
  /** Stands in front of the container's first line: says what was kept once and is no more. */
  letGo: Timed | null
}

/** One container's lines and messages in their order, forwards or backwards, chunk by chunk. */
export class Walk {
  readonly sourceNo: number
  readonly source: number
  readonly #sql: Sql
  readonly #options: WalkOptions
  #messages: Timed[] = []
  chunk: Chunk | null = null
  index = 0
  #line: number
  #isAtEnd = false

  constructor(sql: Sql, sourceNo: number, source: number, options: WalkOptions) {
    this.#sql = sql
    this.sourceNo = sourceNo
    this.source = source
    this.#options = options
    this.#line = options.start
  }

  async begin(): Promise<void> {
    const { isForwards, startTime, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER } = this.#options
    const rows = await this.#sql.all<{ message: string }>(
      `SELECT message FROM mark WHERE source_no = ? AND seconds >= ? AND seconds <= ?
        ORDER BY seconds ${isForwards ? '' : 'DESC'}, nanos ${isForwards ? '' : 'DESC'}, id ${isForwards ? '' : 'DESC'}`,
      [this.sourceNo, Math.floor(fromMs / 1000), Math.floor(toMs / 1000)],
    )
    this.#messages = rows.map((row) => JSON.parse(row.message) as Timed)
    if (startTime)
      this.#messages = this.#messages.filter((message) => this.#isBehindStart(message, startTime))
    const { letGo } = this.#options
    if (letGo && isForwards) this.#messages.unshift(letGo)
    else if (letGo) this.#messages.push(letGo)
    await this.#load()
    if (this.#options.isPage) this.#leaveOutEarlier()
  }

  #leaveOutEarlier(): void {
    const first = this.chunk && this.#timeOf(this.chunk, this.index)
    if (!first) return
    this.#messages = this.#messages.filter((message) => {
      const order = compareTimes(message, first)
      return order > 0 || (order === 0 && leads(message))
    })
  }

  /** A message at the start's very time: one that stands behind lines of its time was seen with the start's line. */
  #isBehindStart(message: Timed, start: NanoTime): boolean {
    const order = compareTimes(message, start)
    if (this.#options.isForwards && this.#options.end === null)
      return order > 0 || (order === 0 && !leads(message))
    return order < 0 || (order === 0 && leads(message))
  }

  get head(): WalkHead | null {
    const [message] = this.#messages
    const line = this.chunk ? this.#timeOf(this.chunk, this.index) : null
    if (!message) return line ? { time: line, message: null } : null
    if (!line) return { time: message, message }
    const order = compareTimes(message, line)
    const isInFront = order < 0 || (order === 0 && leads(message))
    return isInFront === this.#options.isForwards ? { time: message, message } : { time: line, message: null }
  }

  /** Time of the next message, where lines must stop for it. */
  get nextMessage(): Timed | null {
    return this.#messages[0] ?? null
  }

  takeMessage(): void {
    this.#messages.shift()
  }

  /** Steps over line `index`; true while the chunk has more. Otherwise call `advance`. */
  step(): boolean {
    this.index += this.#options.isForwards ? 1 : -1
    this.#line += this.#options.isForwards ? 1 : -1
    this.#skipOutside()
    return this.#isInside()
  }

  /** Goes on in the next chunk, if there is one. */
  async advance(): Promise<void> {
    if (!this.#isInside()) await this.#load()
  }

  #isInside(): boolean {
    const { end, isForwards } = this.#options
    if (isForwards && end !== null && this.#line >= end) return false
    return this.chunk !== null && this.index >= 0 && this.index < this.chunk.count
  }

  async #load(): Promise<void> {
    const { isForwards } = this.#options
    while (!this.#isAtEnd) {
      const { end } = this.#options
      if (isForwards && end !== null && this.#line >= end) break
      const next = await (isForwards ? chunkFrom : chunkBefore)(
        this.#sql,
        this.sourceNo,
        this.#line,
        this.#options,
      )
      if (!next) break
      const { firstLine, chunk } = next
      this.chunk = chunk
      this.index = isForwards
        ? Math.max(0, this.#line - firstLine)
        : Math.min(chunk.count, this.#line - firstLine) - 1
      this.#line = firstLine + this.index + (isForwards ? 0 : 1)
      this.#skipOutside()
      if (this.#isInside()) return
    }
    this.#isAtEnd = true
    this.chunk = null
  }

  /** Over lines that are not in the range. */
  #skipOutside(): void {
    const { isForwards, fromMs, toMs } = this.#options
    if (fromMs === undefined && toMs === undefined) return
    const step = isForwards ? 1 : -1
    while (this.chunk && this.#isInside()) {
      const ms = this.chunk.msOf(this.index)
      if (ms >= (fromMs ?? 0) && ms <= (toMs ?? Infinity)) return
      this.index += step
      this.#line += step
    }
  }

  #timeOf(chunk: Chunk, index: number): NanoTime {
    return { seconds: chunk.seconds[index] ?? 0, nanos: chunk.nanos[index] ?? 0 }
  }
}

/** Whether a message stands in front of the lines of its own time: what begins does, what ends stands behind. */
function leads(message: Timed): boolean {
  return message.type === 'gap' || message.kind === 'started' || message.kind === 'created'
}

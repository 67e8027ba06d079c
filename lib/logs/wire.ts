import type { LineBatch } from './line-batch.ts'
import { addNanos, isExactDelta, type NanoTime } from './nano-time.ts'

/**
 * What a log stream says, the same over the live stream, the plain event stream and the pages of older lines.
 * A stream begins with `sources`, then for each source its history, then what comes. A batch is at most about 64 KiB of
 * text or 50 ms. Text goes over the wire once; times as the difference in nanoseconds to the line before.
 */
export type LogMessage = LogSources | LogLines | LogGap | LogMarker | LogCaughtUp | LogSourceState

/** Containers of the stream; `index` is how the other messages name them. Sent again with those that joined. */
export interface LogSources {
  type: 'sources'
  sources: LogSource[]
}

export interface LogSource {
  index: number
  containerId: string
  name: string
  /** Compose service, or empty. */
  service: string
  /** Replica number, 0 outside Compose. */
  number: number
}

export interface LogLines {
  type: 'lines'
  /** Time of the first line. */
  seconds: number
  nanos: number
  /** Nanoseconds from the line before to each line behind the first; negative where the Engine's order is not the clock's. */
  deltas: number[]
  /** One number for all, or one a line. */
  source: number | number[]
  /** Bits of `lineFlags`; one number for all, or one a line. */
  flags: number | number[]
  /** The lines with `\n` between them. */
  text: string
  /** `[line, ordinal]` where the ordinal is not 0: see `LineCursor`. */
  ordinals?: [number, number][]
  /** `[line, bytes dropped]` of lines that were cut. */
  cut?: [number, number][]
}

/** Lines that exist or existed and are not in this stream. Never silent: `count` null means it cannot be known. */
export interface LogGap {
  type: 'gap'
  source: number
  count: number | null
  /**
   * `slow`: this viewer read too slowly. `rotated`: the Engine no longer has them. `earlier`: not loaded yet.
   * `let-go`: the archive had them and let them go. `unrecorded`: nobody recorded while they were written.
   */
  reason: 'slow' | 'rotated' | 'earlier' | 'let-go' | 'unrecorded'
  /** For `let-go`, by what: "the limit of 200 MB for one service". */
  detail?: string
  /** Time of the first line behind the gap. */
  seconds: number
  nanos: number
  /** Cursors around the gap, to ask for its lines: behind `after`, in front of `before`. */
  after?: string
  before?: string
}

/** Something that happened to the container, in its place among the lines. */
export interface LogMarker {
  type: 'marker'
  source: number
  kind: 'created' | 'started' | 'exited' | 'paused' | 'resumed' | 'healthy' | 'unhealthy' | 'removed'
  seconds: number
  nanos: number
  exitCode?: number
  isOutOfMemory?: boolean
  restartCount?: number
}

/** The history of every source is through; from here on lines come as they are written. */
export interface LogCaughtUp {
  type: 'caught-up'
}

/** How a source is. `unreadable`: the logging driver cannot be read. `away`: the Engine is, reading goes on when it is back. */
export interface LogSourceState {
  type: 'state'
  source: number
  state: 'following' | 'ended' | 'removed' | 'unreadable' | 'away'
  /** In words, for `unreadable` and `away`. */
  detail?: string
}

/** Params of the live topic `logs`. */
export interface LogsParams {
  containerIds?: string[]
  /** All containers of a project, those that come later too. Either this or `containerIds`. */
  project?: string
  /** Lines of history per container when there is no cursor for it; `all` from the first line there is. */
  tail?: number | 'all'
  /** Cursors by container id: go on exactly behind these lines. */
  after?: Record<string, string>
}

/** All of a message of lines but their text. */
export type LogLinesHead = Omit<LogLines, 'text'>

/** How a batch of lines goes over the wire. Several messages where two lines are more than 104 days apart. */
export function toLogLines(batch: LineBatch): LogLines[] {
  return packLines(batch).map(unpacked)
}

/** Lines ready for the wire, their text still the bytes it was read as. */
export interface PackedLines {
  head: LogLinesHead
  batch: LineBatch
}

/** The message they are. */
export function unpacked({ head, batch }: PackedLines): LogLines {
  return { ...head, text: batch.text() }
}

/** The same as `toLogLines`, nothing decoded. */
export function packLines(batch: LineBatch): PackedLines[] {
  const { seconds, nanos, count } = batch
  const deltas: number[] = []
  for (let i = 1; i < count; i += 1) {
    const delta =
      ((seconds[i] ?? 0) - (seconds[i - 1] ?? 0)) * 1_000_000_000 + ((nanos[i] ?? 0) - (nanos[i - 1] ?? 0))
    if (!isExactDelta(delta)) return [...packLines(slice(batch, 0, i)), ...packLines(slice(batch, i, count))]
    deltas.push(delta)
  }
  if (count === 0) return []
  const head: LogLinesHead = {
    type: 'lines',
    seconds: seconds[0] ?? 0,
    nanos: nanos[0] ?? 0,
    deltas,
    source: oneOrAll(batch.sources),
    flags: oneOrAll(batch.flags),
  }
  if (batch.ordinals.size > 0) head.ordinals = [...batch.ordinals]
  if (batch.droppedBytes.size > 0) head.cut = [...batch.droppedBytes]
  return [{ head, batch }]
}

function oneOrAll(values: number[]): number | number[] {
  const [first = 0] = values
  return values.every((value) => value === first) ? first : values
}

function slice(batch: LineBatch, from: number, to: number): LineBatch {
  const part = batch.empty()
  for (let i = from; i < to; i += 1) part.addLine(batch, i, batch.sources[i] ?? 0)
  return part
}

/** How many lines a message holds. */
export function countLines(message: LogLines): number {
  return message.deltas.length + 1
}

/** Calls `each` with every line of a message, in order. */
export function eachLine(
  message: LogLines,
  each: (line: { time: NanoTime; source: number; flags: number; text: string; index: number }) => void,
): void {
  let time: NanoTime = { seconds: message.seconds, nanos: message.nanos }
  let start = 0
  for (let index = 0; index <= message.deltas.length; index += 1) {
    if (index > 0) time = addNanos(time, message.deltas[index - 1] ?? 0)
    const newline = message.text.indexOf('\n', start)
    const end = newline < 0 ? message.text.length : newline
    each({
      time,
      source: at(message.source, index),
      flags: at(message.flags, index),
      text: message.text.slice(start, end),
      index,
    })
    start = end + 1
  }
}

/** The value of one line in a column that may be one number for all. */
export function at(column: number | number[], index: number): number {
  return typeof column === 'number' ? column : (column[index] ?? 0)
}

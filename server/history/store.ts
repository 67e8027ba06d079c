import 'server-only'
import type { HistoryContainer, HistorySettings } from '#lib/api/history'
import type { LineCursor } from '#lib/logs/cursor'
import type { LineBatch } from '#lib/logs/line-batch'
import type { LogQuery } from '#lib/logs/search/query'
import type { SourceMessage } from '#server/logs/follow/ring'

/** Whose lines: one container, or the containers of a project, or those of one service. `project` empty: outside projects. */
export type HistoryTarget =
  | { containerId: string }
  /** Beginning of a container's id, 12 hex digits or more. */
  | { idPrefix: string }
  | { project: string; service?: string; number?: number }

/** A container as the recorder knows it. */
export interface RecordedContainer {
  containerId: string
  name: string
  project: string
  service: string
  number: number
  isOneOff: boolean
  createdAtMs: number
}

/** Where recording of a container stands; written in the same transaction as the lines it speaks of. */
export interface RecordingMark {
  /** Start of the last run that has its marker. */
  startedAtMs: number | null
  /** Start of the last run whose end has its marker. */
  endedStartMs: number | null
  isRemoved: boolean
}

export interface HistoryAppend {
  container: RecordedContainer
  /** Lines and messages in their order. */
  entries: readonly ({ lines: LineBatch } | { message: SourceMessage })[]
  mark: RecordingMark
  /** Cursor of the last line that was recorded before these; what the store has must be the same. */
  after: LineCursor | null
}

export interface RecordingPlace {
  after: LineCursor | null
  mark: RecordingMark
}

export interface HistoryRange {
  /** Epoch milliseconds, inclusive. */
  fromMs?: number
  /** Epoch milliseconds, inclusive. */
  toMs?: number
}

export interface HistoryRead extends HistoryRange {
  targets: readonly HistoryTarget[]
  /** `page`: the last `limit` lines of each container in front of its cursor, or of all it has, from early to late. */
  direction: 'forwards' | 'backwards' | 'page'
  /** By container id: only lines behind this one (forwards) or in front of it (backwards, page). */
  cursors?: Readonly<Record<string, LineCursor>>
  /** Lines to give at most; of each container for a `page`. */
  limit?: number
}

/**
 * What a read gives: `sources` once at first, then lines and messages in the order of time; read backwards the items come
 * from late to early, the lines within one item still from early to late. `lines.sources` are indexes of `sources`.
 */
export type HistoryItem =
  /** `found`: ids of the containers of which the line of their cursor is kept. */
  | { kind: 'sources'; sources: HistoryContainer[]; found: string[] }
  | { kind: 'lines'; lines: LineBatch }
  | { kind: 'message'; source: number; message: SourceMessage }
  /** The last item. `isComplete`: not stopped by `limit`; for a page: nothing that is kept stands in front of it. */
  | { kind: 'end'; isComplete: boolean }

export interface HistoryScan {
  targets: readonly HistoryTarget[]
  query: LogQuery
  /** Which hits come first. */
  order: 'oldest' | 'newest'
  /** Hits to hand out; further ones are only counted. */
  maxHits: number
  /** By container id: leave out the lines from this one on (`oldest` and `newest` alike), for somebody else reads those. */
  before?: Readonly<Record<string, LineCursor>>
}

export interface HistoryHits {
  /** New hits in the order asked for (within the batch too), with `sources` as indexes of `containers`. May be empty: progress only. */
  lines: LineBatch
  /** Level of each of `lines`, an index of `levels`. */
  levels: Uint8Array
  containers: HistoryContainer[]
  hitCount: number
  scannedLines: number
  totalLines: number
}

export interface HistogramRequest extends HistoryRange {
  targets: readonly HistoryTarget[]
  bucketMs: number
}

export interface Histogram {
  /** Begin of the first bucket, a multiple of `bucketMs`. */
  startMs: number
  bucketMs: number
  /** `counts[bucket][level]`, levels as in lib/logs/level.ts. */
  counts: number[][]
}

/**
 * The log archive. Every method rejects with `history_unavailable` when the store cannot be used; `append` with a
 * `reason` (see failure.ts). Reads never wait for writes. Two drivers, one contract: store.contract.ts.
 */
export interface HistoryStore {
  readonly kind: 'sqlite' | 'postgres'
  /** Where recording of a container goes on; null when it was never recorded. */
  place: (containerId: string) => Promise<RecordingPlace | null>
  /** One transaction: all of it or nothing. On return it survives the end of this process, however it ends. */
  append: (appends: readonly HistoryAppend[]) => Promise<void>
  /** Rejects while the store would not take lines: writes something and takes it away again. */
  probe: () => Promise<void>
  list: (targets?: readonly HistoryTarget[]) => Promise<HistoryContainer[]>
  read: (request: HistoryRead, signal: AbortSignal) => AsyncGenerator<HistoryItem>
  /** Runs in a thread of its own that is ended when a pattern takes too long (`bad_request`) or `signal` aborts. */
  scan: (request: HistoryScan, signal: AbortSignal) => AsyncGenerator<HistoryHits>
  histogram: (request: HistogramRequest, signal: AbortSignal) => Promise<Histogram>
  settings: () => Promise<HistorySettings>
  setSettings: (settings: HistorySettings) => Promise<void>
  /** Lets go of some of what is beyond the limits; `keepIds` are the containers the Engine has. How many lines went: call again until 0. */
  trim: (nowMs: number, keepIds: readonly string[]) => Promise<number>
  /** Deletes lines; containers of `keepIds` go on being recorded behind what was deleted. How many lines went. */
  remove: (target: HistoryTarget, keepIds: readonly string[]) => Promise<number>
  close: () => Promise<void>
}

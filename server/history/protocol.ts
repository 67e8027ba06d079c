import 'server-only'
import type { HistoryContainer, HistorySettings } from '#lib/api/history'
import type { PackedAppend } from './archive/append.ts'
import type { PackedItem } from './archive/read.ts'
import type { PackedHits } from './archive/scan.ts'
import type { HistoryProblem } from './failure.ts'
import type { SqlPlace } from './sql.ts'
import type {
  Histogram,
  HistogramRequest,
  HistoryRead,
  HistoryScan,
  HistoryTarget,
  RecordingPlace,
} from './store.ts'

/** What a thread of the archive is started with. */
export interface ThreadData {
  place: SqlPlace
  access: 'write' | 'read'
  standard: HistorySettings
}

/** Calls with one answer: arguments and result by name. */
export interface Calls {
  place: { args: { containerId: string }; result: RecordingPlace | null }
  append: { args: { appends: PackedAppend[] }; result: null }
  probe: { args: Record<string, never>; result: null }
  list: { args: { targets: readonly HistoryTarget[] | null }; result: HistoryContainer[] }
  settings: { args: Record<string, never>; result: HistorySettings }
  setSettings: { args: { settings: HistorySettings }; result: null }
  trim: { args: { nowMs: number; keepIds: readonly string[] }; result: number }
  remove: { args: { target: HistoryTarget; keepIds: readonly string[] }; result: number }
  histogram: { args: HistogramRequest; result: Histogram }
}

/** Calls with many answers, each asked for. */
export interface Streams {
  read: { args: HistoryRead; item: PackedItem }
  scan: { args: HistoryScan; item: PackedHits }
}

export type ToThread =
  | { id: number; kind: 'call'; name: keyof Calls; args: unknown }
  | { id: number; kind: 'open'; name: keyof Streams; args: unknown }
  | { id: number; kind: 'next' | 'leave' }

export interface ThreadError {
  reason: HistoryProblem
  message: string
}

export type FromThread =
  | { id: number; kind: 'result' | 'item'; value: unknown }
  | { id: number; kind: 'done' }
  | { id: number; kind: 'error'; error: ThreadError }

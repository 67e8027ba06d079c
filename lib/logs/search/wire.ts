import type { LogLines, LogSource } from '../wire.ts'
import type { LevelCounts } from './histogram.ts'

/**
 * What a search says, as JSON lines: `sources`, then `lines` (hits), `progress` and `histogram` as they come, and one
 * `end`. Hits of one container come newest part first; within a part in the log's order.
 */
export type SearchMessage =
  | {
      type: 'sources'
      sources: LogSource[] /** Hits listed at most per container; more are only counted. */
      capPerSource: number
    }
  | LogLines
  | SearchProgress
  | ({ type: 'histogram' } & LevelCounts)
  | SearchEnd

export interface SearchProgress {
  type: 'progress'
  scannedCount: number
  hitCount: number
  elapsedMs: number
  /** 0..1, by time covered; an estimate. */
  fraction: number
  sources: SourceProgress[]
}

export interface SourceProgress {
  index: number
  scannedCount: number
  hitCount: number
  state: 'searching' | 'done' | 'failed'
  /** In words, for `failed`. */
  detail?: string
}

export interface SearchEnd {
  type: 'end'
  /** `complete`: every line there is was looked at. `partial`: some containers could not be read. `runaway`: the pattern took too long. */
  reason: 'complete' | 'partial' | 'runaway' | 'failed'
  /** In words, where it is not `complete`. */
  detail?: string
}

import 'server-only'
import type { LevelCounts } from '#lib/logs/search/histogram'
import type { LogQuery } from '#lib/logs/search/query'
import type { LogLines } from '#lib/logs/wire'
import type { SqlPlace } from '#server/history/sql'
import type { EngineAddress } from '#server/engine/client/open'

/** One container whose log a thread looks through. */
export interface ThreadSource {
  index: number
  containerId: string
  /** False: it is gone, and only the archive has its lines. */
  isInEngine: boolean
  hasTty: boolean
  /** Its last line may be in the making. */
  isAlive: boolean
}

/** What a thread is started with. */
export interface ThreadData {
  query: LogQuery
  address: EngineAddress
  /** Where the log archive is; null where nothing is recorded. */
  archive: SqlPlace | null
  sources: ThreadSource[]
  /** Hits of one container that are sent; more are only counted. */
  capPerSource: number
  /** One number: odd while the pattern runs over a batch, changed with every batch. Says which thread hangs in one. */
  busy: Int32Array
}

/** What a thread says. */
export type ThreadMessage =
  | { type: 'lines'; lines: LogLines[] }
  | { type: 'progress'; sources: ThreadProgress[]; histogram: LevelCounts | null }
  | { type: 'end' }

export interface ThreadProgress {
  index: number
  scannedCount: number
  hitCount: number
  fraction: number
  state: 'searching' | 'done' | 'failed'
  detail: string
}

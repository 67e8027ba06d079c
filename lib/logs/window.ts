import type { LogLines, LogMarker, LogSources } from './wire.ts'

/** Answer of `GET /api/logs/window`, as JSON lines: the containers, their lines around a time in its order, and what is beyond. */
export type WindowMessage =
  | LogSources
  | LogLines
  | LogMarker
  | {
      type: 'end'
      /** Lines in front of the first one, or behind the last one, exist. */
      hasOlder: boolean
      hasNewer: boolean
    }

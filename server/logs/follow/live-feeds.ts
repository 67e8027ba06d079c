import 'server-only'
import { type Feeds, liveFeeds } from './feeds.ts'
import { liveLogEngine } from '../live-log-engine.ts'

/** The feeds of this process. */
export function feeds(): Feeds {
  return liveFeeds(liveLogEngine)
}

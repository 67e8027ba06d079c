import 'server-only'
import { processWide } from '#server/process-wide'
import { ContainerFeed } from './container-feed.ts'
import type { LogEngine } from '../log-engine.ts'

/** The feeds in use, by container id: whoever watches a container shares its one stream at the Engine. */
export class Feeds {
  readonly #engine: LogEngine
  readonly #feeds = new Map<string, ContainerFeed>()

  constructor(engine: LogEngine) {
    this.#engine = engine
  }

  feed(containerId: string): ContainerFeed {
    const existing = this.#feeds.get(containerId)
    if (existing && !existing.isOver) return existing
    const feed: ContainerFeed = new ContainerFeed(this.#engine, containerId, () => {
      if (this.#feeds.get(containerId) === feed) this.#feeds.delete(containerId)
    })
    this.#feeds.set(containerId, feed)
    return feed
  }

  get engine(): LogEngine {
    return this.#engine
  }

  /** How many streams are open at the Engine and for how many viewers. */
  counts(): { feeds: number; viewers: number } {
    let viewers = 0
    for (const feed of this.#feeds.values()) viewers += feed.viewerCount
    return { feeds: this.#feeds.size, viewers }
  }

  closeAll(): void {
    for (const feed of this.#feeds.values()) feed.close()
  }
}

/** The feeds of this process. */
export function liveFeeds(engine: () => LogEngine): Feeds {
  return processWide('logs.feeds', () => new Feeds(engine()))
}

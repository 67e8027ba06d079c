import type { LiveEnd, TopicName } from '#lib/api/live'
import type { LiveStatus } from './live-connection.ts'

/** What a tab says to the worker that holds the one connection of the browser. */
export type TabMessage =
  | { type: 'hello'; secret: string }
  /** The tab holds this lock now and until it dies. */
  | { type: 'locked'; lockName: string }
  | { type: 'subscribe'; key: string; topic: TopicName; params: unknown }
  | { type: 'unsubscribe'; key: string }
  | { type: 'goodbye' }

/** The worker's first word to a tab: it has heard it come. */
export type WorkerGreeting = { type: 'here' }

/** What the worker says to a tab. `opened`: say all your subscriptions again, with fresh parameters. */
export type WorkerMessage =
  | { type: 'status'; status: LiveStatus }
  | { type: 'opened' }
  | { type: 'message'; key: string; data: unknown }
  | { type: 'end'; end: LiveEnd }
  | { type: 'build'; buildId: string }

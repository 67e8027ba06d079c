import type { StatsSample } from '#lib/docker/containers/stats'

/**
 * The live stream: one `GET /api/live` (text/event-stream, read with fetch) per browser carries everything that moves,
 * because HTTP/1.1 gives a browser six connections. The first event is `hello`; then the browser says with
 * `POST /api/live/{streamId}` what it wants. Every other event is one topic's message under the subscriber's key.
 */
export const topicNames = ['state', 'stats', 'logs', 'job', 'jobs', 'compose'] as const
export type TopicName = (typeof topicNames)[number]

/** Event streams say something this often, so that either end notices when the other is gone without a word. */
export const heartbeatMs = 5_000

/** Event `hello`, once per connection. `streamId` is unguessable and works only for the session that opened it. */
export interface LiveHello {
  streamId: string
  /** Changes when the dashboard was updated: the page offers a reload. */
  buildId: string
}

/** Body of `POST /api/live/{streamId}`. Subscribing a key that exists replaces it. */
export interface LiveRequest {
  subscribe?: { key: string; topic: TopicName; params: unknown }[]
  unsubscribe?: string[]
}

/** Event `message`: what a topic says to one subscriber; its shape is the topic's (EngineSnapshot | EnginePatch, StatsMessage, LogBatch ...). */
export interface LiveMessage {
  key: string
  data: unknown
}

/**
 * Event `text`: a `LiveMessage` whose data has a `text` of many lines. The first line of the event's data is the message as JSON
 * without it, the lines behind it are the text.
 */
export function readTextEvent(data: string): LiveMessage {
  const end = data.indexOf('\n')
  const message = JSON.parse(data.slice(0, end)) as { key: string; data: object }
  return { key: message.key, data: { ...message.data, text: data.slice(end + 1) } }
}

/** Event `end`: the topic is over (container removed, bad parameters); `error` is absent after a regular end. */
export interface LiveEnd {
  key: string
  error?: { code: string; message: string; hint?: string }
}

/** Event `bye`: the server closes the stream on purpose; `signed-out` means: show the sign-in page. */
export interface LiveBye {
  reason: 'shutdown' | 'signed-out'
}

/** Params of topic `stats`: the containers on screen, at most 200. */
export interface StatsParams {
  containerIds: string[]
}

/** Message of topic `stats`, once a second: samples by container id, oldest first; the first one carries up to 60 old ones. */
export interface StatsMessage {
  samples: Record<string, StatsSample[]>
}

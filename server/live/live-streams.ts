import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import { type LiveRequest, topicNames } from '#lib/api/live'
import type { Session } from '#server/auth/authorise'
import { registerOpenStream } from '#server/auth/open-streams'
import { streamResponse } from '#server/http/compressed'
import { processWide } from '#server/process-wide'
import { LiveStream } from './live-stream.ts'
import { openTopic } from './topics.ts'

const maxStreamsOfSession = 20
/** After a lost connection a browser asks for all it had in one request. */
const maxKeysOfRequest = 256

/** Body of `POST /api/live/{streamId}`. */
export const liveRequest = z.strictObject({
  subscribe: z
    .array(
      z.strictObject({ key: z.string().min(1).max(100), topic: z.enum(topicNames), params: z.unknown() }),
    )
    .max(maxKeysOfRequest)
    .optional(),
  unsubscribe: z.array(z.string().max(100)).max(1_000).optional(),
}) satisfies z.ZodType<LiveRequest>

const streams = (): Map<string, LiveStream> => processWide('live.streams', () => new Map())

/** The answer of `GET /api/live`. Throws `too_many_streams` above 20 for one session. */
export function openLiveStream(session: Session, request: Request): Response {
  const all = streams()
  const ofSession = [...all.values()].filter((stream) => stream.session.sessionHash === session.sessionHash)
  if (ofSession.length >= maxStreamsOfSession)
    throw new CodedError('too_many_streams', `This session has ${maxStreamsOfSession} live streams open.`, {
      hint: 'Close some tabs of the dashboard.',
    })
  const stream = new LiveStream(session, openTopic)
  all.set(stream.id, stream)
  const forget = registerOpenStream({
    sessionHash: session.sessionHash,
    close: (reason) => stream.close(reason),
  })
  stream.closed.addEventListener('abort', () => {
    all.delete(stream.id)
    forget()
  })
  if (request.signal.aborted) stream.close()
  else request.signal.addEventListener('abort', () => stream.close(), { once: true })
  return streamResponse(request, stream.body, {
    'content-type': 'text/event-stream; charset=utf-8',
    // no-transform keeps every proxy and Next's own compression from holding events back.
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
}

/** Subscribes and unsubscribes keys of a stream; `not_found` when it is gone or belongs to another session. */
export function changeSubscriptions(streamId: string, session: Session, request: LiveRequest): void {
  const stream = streams().get(streamId)
  if (!stream || stream.session.sessionHash !== session.sessionHash)
    throw new CodedError('not_found', 'This live stream is over.', {
      hint: 'The page opens a new one by itself.',
    })
  for (const key of request.unsubscribe ?? []) stream.unsubscribe(key)
  for (const { key, topic, params } of request.subscribe ?? []) stream.subscribe(key, topic, params)
}

/** How many streams are open. */
export function liveStreamCount(): number {
  return streams().size
}

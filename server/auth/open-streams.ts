import 'server-only'
import { processWide } from '#server/process-wide'

/** Why the server ends a stream: the live stream says it as `bye`, a WebSocket closes with 1001 or 4401. */
export type CloseReason = 'shutdown' | 'signed-out'

/** A live stream or a WebSocket that must end with its session. */
export interface OpenStream {
  /** `Session.sessionHash` of who opened it. */
  sessionHash: string
  /** Says good-bye and ends; called at most once, must not throw. */
  close: (reason: CloseReason) => void
}

const streams = processWide('open-streams', () => new Set<OpenStream>())

/** Call when a stream or socket opens; call the returned function when it is gone. */
export function registerOpenStream(stream: OpenStream): () => void {
  streams.add(stream)
  return () => streams.delete(stream)
}

/** Ends the streams of one session (signed out, expired), or all (shutdown). */
export function closeOpenStreams(reason: CloseReason, sessionHash?: string): void {
  for (const stream of streams) {
    if (sessionHash !== undefined && stream.sessionHash !== sessionHash) continue
    streams.delete(stream)
    stream.close(reason)
  }
}

/** The sessions that have something open. */
export function sessionsWithOpenStreams(): Set<string> {
  return new Set([...streams].map((stream) => stream.sessionHash))
}

import 'server-only'
import type { Readable } from 'node:stream'
import { streamClient } from '../client/client.ts'
import { toEngineError } from '../client/errors.ts'
import { helperLabel, isHelperVolume } from '../helper-label.ts'
import { readJsonLines } from '../client/json-lines.ts'

/** One event of the Engine. Source: `GET /events`; only fields that every API version has. */
export interface EngineEvent {
  type: 'container' | 'image' | 'network' | 'volume'
  /** `start`, `die`, `health_status: healthy` ... */
  action: string
  /** Full id; the name for volumes; an id or a reference for images. */
  id: string
  attributes: Readonly<Record<string, string>>
  timeNano: number
}

// A positive list: exec_* alone would wake us for each health check. The Engine takes these as prefixes once health_status is among them.
const containerActions =
  'create start restart stop die kill oom pause unpause rename update destroy health_status'
const otherActions = 'connect disconnect remove pull tag untag delete import load prune'
const filters = JSON.stringify({
  type: ['container', 'image', 'network', 'volume'],
  event: [...containerActions.split(' '), ...otherActions.split(' ')],
})

/**
 * Opens `GET /events` and answers once the Engine is sending, so that a list made after it misses nothing. The iterable ends
 * when the stream does (the Engine stopped) and when `signal` aborts. Throws CodedErrors.
 */
export async function openEvents(options: { signal: AbortSignal }): Promise<AsyncIterable<EngineEvent>> {
  try {
    const stream = await streamClient().getEvents({ filters, abortSignal: options.signal })
    return readEvents(stream as Readable, options.signal)
  } catch (error) {
    throw toEngineError(error)
  }
}

async function* readEvents(stream: Readable, signal: AbortSignal): AsyncGenerator<EngineEvent> {
  try {
    for await (const raw of readJsonLines(stream, signal)) {
      const event = readEvent(raw)
      if (event) yield event
    }
  } catch (error) {
    throw toEngineError(error)
  }
}

interface RawEvent {
  Type?: string
  Action?: string
  Actor?: { ID?: string; Attributes?: Record<string, string> }
  timeNano?: number
}

/** One object of the stream; null for what is not an event we follow. */
export function readEvent(input: unknown): EngineEvent | null {
  if (typeof input !== 'object' || input === null) return null
  const raw: RawEvent = input
  const { Type: type, Action: action, Actor: actor } = raw
  if (type !== 'container' && type !== 'image' && type !== 'network' && type !== 'volume') return null
  if (!action || !actor?.ID) return null
  // Our own, for a moment: nobody is to see them come and go.
  if (actor.Attributes?.[helperLabel] !== undefined) return null
  if (type === 'volume' && isHelperVolume(actor.ID)) return null
  return { type, action, id: actor.ID, attributes: actor.Attributes ?? {}, timeNano: raw.timeNano ?? 0 }
}

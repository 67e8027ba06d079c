import 'server-only'
import type { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import type { TopicName } from '#lib/api/live'
import type { Session } from '#server/auth/authorise'

export interface TopicContext {
  /** Aborts when the browser unsubscribes or goes: the iterable must end then. */
  signal: AbortSignal
  session: Session
}

export type OpenTopic = (topic: TopicName, params: unknown, context: TopicContext) => AsyncIterable<unknown>

/** Opens a topic for one subscriber: checks its parameters (throws `bad_request`), then iterates its messages. */
export type Topic = (params: unknown, context: TopicContext) => AsyncIterable<unknown>

/** A topic from the schema of its parameters and what it sends; the next message is asked for when the last one is on its way. */
export function defineTopic<Params>(
  schema: z.ZodType<Params>,
  open: (params: Params, context: TopicContext) => AsyncIterable<unknown>,
): Topic {
  return (raw, context) => {
    const parsed = schema.safeParse(raw)
    if (parsed.success) return open(parsed.data, context)
    const issue = parsed.error.issues[0]
    throw new CodedError('bad_request', `params.${issue?.path.map(String).join('.')}: ${issue?.message}`)
  }
}

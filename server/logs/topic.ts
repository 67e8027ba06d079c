import 'server-only'
import { firstSnapshot } from '#server/engine/live-model'
import { type LineCursor, parseCursor } from '#lib/logs/cursor'
import type { LogMessage } from '#lib/logs/wire'
import { defineTopic } from '#server/live/topic'
import { findContainer, logsParamsSchema, openLogStream } from './requests.ts'

const standardTail = 500

/** The live topic `logs`: wire messages of lib/logs/wire.ts for one browser's log page. */
export const logsTopic = defineTopic(
  logsParamsSchema,
  async function* (params, { signal }): AsyncGenerator<LogMessage> {
    await firstSnapshot()
    const after = new Map<string, LineCursor>()
    for (const [id, text] of Object.entries(params.after ?? {})) {
      const cursor = parseCursor(text)
      if (cursor) after.set(id, cursor)
    }
    const target =
      params.project === undefined
        ? { containers: await Promise.all((params.containerIds ?? []).map(findContainer)) }
        : { project: params.project }
    const items = openLogStream(target, { tail: params.tail ?? standardTail, after, signal })
    for await (const { message } of items) yield message
  },
)

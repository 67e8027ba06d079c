import 'server-only'
import { firstSnapshot } from '#server/engine/model/live-model'
import { type LineCursor, parseCursor } from '#lib/logs/cursor'
import { CodedError } from '#lib/api/errors'
import type { LogMessage } from '#lib/logs/wire'
import { mayReachContainer, mayReachProject } from '#server/auth/reach'
import type { Session } from '#server/auth/policy'
import { MessageWithText } from '#server/live/encode-message'
import { defineTopic } from '#server/live/topic'
import { findLogged, logsParamsSchema, openLogStream } from '../requests.ts'

const standardTail = 500

/** The live topic `logs`: wire messages of lib/logs/wire.ts for one browser's log page. */
export const logsTopic = defineTopic(
  logsParamsSchema,
  async function* (params, { signal, session }): AsyncGenerator<LogMessage | MessageWithText> {
    await firstSnapshot()
    requireLogsReach(session, params)
    const after = new Map<string, LineCursor>()
    for (const [id, text] of Object.entries(params.after ?? {})) {
      const cursor = parseCursor(text)
      if (cursor) after.set(id, cursor)
    }
    const target =
      params.project === undefined
        ? { logged: await Promise.all((params.containerIds ?? []).map(findLogged)) }
        : { project: params.project }
    const items = openLogStream(target, { tail: params.tail ?? standardTail, after, signal })
    for await (const item of items) {
      const { content } = item
      if ('head' in content && MessageWithText.fits(content.batch))
        yield new MessageWithText(content.head, content.batch)
      else yield item.message
    }
  },
)

/** Throws what somebody gets who asks for what does not exist. */
function requireLogsReach(
  session: Session,
  { project, containerIds = [] }: { project?: string | undefined; containerIds?: string[] | undefined },
): void {
  if (project !== undefined && !mayReachProject(session, project))
    throw new CodedError('not_found', `No container belongs to the project “${project}”.`)
  if (containerIds.every((id) => mayReachContainer(session, id))) return
  throw new CodedError('container_not_found', 'There is no such container.', {
    hint: 'It may have just been removed; its log went with it.',
  })
}

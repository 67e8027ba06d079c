import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import type { HistoryContainer } from '#lib/api/history'
import { projectNameProblem } from '#lib/compose/names'
import type { Container } from '#lib/docker/containers/container'
import { type LineCursor, parseCursor, parseCursors } from '#lib/logs/cursor'
import { firstSnapshot, snapshot } from '#server/engine/model/live-model'
import { goneOf, hasEarlierKept, listKept, timelineOf } from './kept/kept-containers.ts'
import { feeds } from './follow/live-feeds.ts'
import { streamLogs } from './stream/log-stream.ts'
import type { StreamItem } from './stream/stream-item.ts'

const maxTail = 100_000
const maxContainers = 64

const cursorText = z.string().refine((text) => parseCursor(text) !== null, 'is not a cursor')

/** Params of the live topic `logs`; the shape is `LogsParams` of lib/logs/wire.ts. */
export const logsParamsSchema = z
  .strictObject({
    containerIds: z
      .array(z.string().regex(/^[a-f0-9]{12,64}$/))
      .min(1)
      .max(maxContainers)
      .optional(),
    project: z.string().min(1).max(255).optional(),
    tail: z.union([z.number().int().min(0).max(maxTail), z.literal('all')]).optional(),
    after: z.record(z.string().regex(/^[a-f0-9]{64}$/), cursorText).optional(),
  })
  .refine((params) => (params.containerIds === undefined) !== (params.project === undefined), {
    message: 'say either containerIds or project',
  })

/** The container of an id or the beginning of one. Throws `container_not_found`. */
export async function findContainer(id: string): Promise<Container> {
  const { containers } = await firstSnapshot()
  const container = containers.find((candidate) => candidate.id.startsWith(id))
  if (container) return container
  throw new CodedError('container_not_found', 'There is no such container.', {
    hint: 'It may have just been removed; its log went with it.',
  })
}

/** The containers of a project, one-off ones too. */
export function projectContainers(project: string): Container[] {
  return snapshot().containers.filter((container) => container.compose?.project === project)
}

/** A project that may come to be is waited for; throws `not_found` for one that nobody has and Compose would not take. */
export async function requirePossibleProject(project: string): Promise<void> {
  if (projectNameProblem(project) === null) return
  await firstSnapshot()
  if (projectContainers(project).length > 0 || (await listKept([{ project }])).length > 0) return
  throw new CodedError('not_found', 'There is no project of this name.')
}

/** A container the Engine has, or one of which only the archive has the log. */
export type Logged = { container: Container } | { kept: HistoryContainer }

/** The same for those that may be gone. Throws `container_not_found` where the archive knows nothing of it either. */
export async function findLogged(id: string): Promise<Logged> {
  try {
    return { container: await findContainer(id) }
  } catch (error) {
    const kept = (await listKept([{ idPrefix: id }])).find(({ lineCount }) => lineCount > 0)
    if (kept) return { kept }
    throw error
  }
}

export type LogTarget = { logged: readonly Logged[] } | { project: string }

/** The stream of one or more containers, or of a whole project and whoever joins it; with what only the archive has. */
export async function* openLogStream(
  target: LogTarget,
  options: { tail: number | 'all'; after: ReadonlyMap<string, LineCursor>; signal: AbortSignal },
): AsyncGenerator<StreamItem> {
  const logged = 'logged' in target ? target.logged : []
  const containers = logged.flatMap((each) => ('container' in each ? [each.container] : []))
  const kept = await listKept('project' in target ? [target] : containers.map(timelineOf))
  yield* streamLogs(feeds(), {
    ...options,
    containers: () => ('project' in target ? projectContainers(target.project) : containers),
    mayGrow: 'project' in target,
    gone:
      'project' in target
        ? goneOf(kept, options.tail === 'all')
        : logged.flatMap((each) => ('kept' in each ? [each.kept] : [])),
    hasEarlier: (containerId, firstMs) => hasEarlierKept(kept, containerId, firstMs),
  })
}

/** `tail=200`, `tail=all`; throws `bad_request`. */
export function readTailParam(query: URLSearchParams, standard: number | 'all'): number | 'all' {
  const text = query.get('tail')
  if (text === null) return standard
  if (text === 'all') return 'all'
  const tail = Number(text)
  if (/^\d{1,9}$/.test(text)) return tail
  throw new CodedError('bad_request', 'tail must be a number of lines or “all”.')
}

/** The cursors of `Last-Event-ID` or `?after=`; throws `bad_request`. */
export function readCursorsParam(request: Request): Map<string, LineCursor> {
  const text = request.headers.get('last-event-id') ?? new URL(request.url).searchParams.get('after') ?? ''
  const cursors = parseCursors(text)
  if (cursors) return cursors
  throw new CodedError('bad_request', 'Last-Event-ID is not an id of this stream.')
}

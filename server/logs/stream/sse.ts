import 'server-only'
import { heartbeatMs } from '#lib/api/live'
import { encodeSse } from '#lib/api/sse'
import { formatCursors } from '#lib/logs/cursor'
import { streamResponse } from '#server/http/compressed'
import {
  findLogged,
  type LogTarget,
  openLogStream,
  readCursorsParam,
  readTailParam,
  requirePossibleProject,
} from '../requests.ts'

const standardTail = 200
const queueBytes = 262_144
const encoder = new TextEncoder()

/**
 * `GET /api/containers/{id}/logs`: the same messages as the live topic, as a plain event stream for scripts. Event names
 * are the messages' types; `id:` is the place behind the message, and `Last-Event-ID` goes on there exactly.
 */
export async function containerLogStream(request: Request, id: string): Promise<Response> {
  return logStream(request, { logged: [await findLogged(id)] })
}

/** `GET /api/projects/{project}/logs`: all containers of a project, merged by time. */
export async function projectLogStream(request: Request, project: string): Promise<Response> {
  await requirePossibleProject(project)
  return logStream(request, { project })
}

function logStream(request: Request, target: LogTarget): Response {
  const leaving = new AbortController()
  const items = openLogStream(target, {
    tail: readTailParam(new URL(request.url).searchParams, standardTail),
    after: readCursorsParam(request),
    signal: AbortSignal.any([request.signal, leaving.signal]),
  })
  let heartbeat: NodeJS.Timeout | undefined
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        heartbeat = setInterval(() => {
          if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(':\n\n'))
        }, heartbeatMs)
        heartbeat.unref()
      },
      pull: async (controller) => {
        const next = await items.next()
        if (next.done) {
          clearInterval(heartbeat)
          controller.close()
          return
        }
        const { message, cursors } = next.value
        controller.enqueue(
          encoder.encode(encodeSse(message.type, JSON.stringify(message), formatCursors(cursors))),
        )
      },
      cancel: async () => {
        clearInterval(heartbeat)
        leaving.abort()
        await items.return(undefined)
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: queueBytes }),
  )
  return streamResponse(request, body, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
}

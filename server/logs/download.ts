import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import { stripAnsi } from '#lib/logs/ansi'
import { detectLevel, type Level, levels } from '#lib/logs/level'
import { toIsoNanos } from '#lib/logs/nano-time'
import { eachLine, type LogMessage, type LogSource } from '#lib/logs/wire'
import { streamResponse } from '#server/http/compressed'
import { goneOf, listKept } from './kept/kept-containers.ts'
import { findLogged, type Logged, openLogStream, projectContainers, readTailParam } from './requests.ts'

const listOf = (text: string | undefined): string[] => (text ? text.split(',').filter(Boolean) : [])

const query = z.object({
  format: z.enum(['text', 'jsonl']).default('text'),
  timestamps: z.enum(['0', '1']).default('0'),
  text: z.string().max(1_000).default(''),
  levels: z.string().max(100).optional(),
  streams: z.string().max(20).optional(),
  services: z.string().max(5_000).optional(),
  since: z.coerce.number().int().optional(),
  until: z.coerce.number().int().optional(),
})
type Filter = z.infer<typeof query>

/** `GET /api/containers/{id}/logs/download`: see `download`. */
export async function containerDownload(request: Request, id: string): Promise<Response> {
  const logged = await findLogged(id)
  return download(request, [logged], nameOf(logged))
}

/** `GET /api/projects/{project}/logs/download`: all its containers merged by time, or those of `services`. */
export async function projectDownload(request: Request, project: string): Promise<Response> {
  const containers = projectContainers(project).map((container) => ({ container }))
  const kept = goneOf(await listKept([{ project }]), true).map((container) => ({ kept: container }))
  if (containers.length + kept.length === 0)
    throw new CodedError('not_found', `No container belongs to the project “${project}”.`)
  return download(request, [...kept, ...containers], project)
}

/**
 * The log as a file, streamed: `format=text|jsonl`, `tail`, `since` and `until` in epoch milliseconds, `text` contained
 * without regard to case, `levels=error,warn`, `streams=stdout,stderr`, `services`, `timestamps=1`.
 */
function download(request: Request, all: readonly Logged[], name: string): Response {
  const params = new URL(request.url).searchParams
  const parsed = query.safeParse(Object.fromEntries(params))
  if (!parsed.success) throw new CodedError('bad_request', 'The filter of the download is not right.')
  const filter = parsed.data
  const services = new Set(listOf(filter.services))
  const containers = services.size === 0 ? all : all.filter((logged) => services.has(serviceOf(logged)))
  const leaving = new AbortController()
  const items = openLogStream(
    { logged: containers },
    {
      tail: readTailParam(params, 'all'),
      after: new Map(),
      signal: AbortSignal.any([request.signal, leaving.signal]),
    },
  )
  const sources = new Map<number, LogSource>()
  const encoder = new TextEncoder()
  const accepts = lineFilter(filter)
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      for (;;) {
        const next = await items.next()
        // What was written until now: the end of the history is the end of the file.
        if (next.done || next.value.message.type === 'caught-up') {
          leaving.abort()
          controller.close()
          return
        }
        const { message } = next.value
        if (message.type === 'sources')
          for (const source of message.sources) sources.set(source.index, source)
        const text = print(message, sources, filter, accepts, containers.length > 1)
        if (text === '') continue
        controller.enqueue(encoder.encode(text))
        return
      }
    },
    cancel: async () => {
      leaving.abort()
      await items.return(undefined)
    },
  })
  const fileName = `${name.replace(/[^\w.-]+/g, '_').slice(0, 80) || 'log'}.${filter.format === 'text' ? 'log' : 'jsonl'}`
  return streamResponse(request, body, {
    'content-type':
      filter.format === 'text' ? 'text/plain; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    'content-disposition': `attachment; filename="${fileName}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store, no-transform',
  })
}

function nameOf(logged: Logged): string {
  return 'container' in logged ? logged.container.name : logged.kept.name
}

function serviceOf(logged: Logged): string {
  return 'container' in logged ? (logged.container.compose?.service ?? '') : logged.kept.service
}

interface Line {
  ms: number
  isStderr: boolean
  text: string
}

function lineFilter(filter: Filter): (line: Line) => boolean {
  const wantedLevels = new Set(listOf(filter.levels))
  const streams = new Set(listOf(filter.streams))
  const text = filter.text.toLowerCase()
  return (line) =>
    (filter.since === undefined || line.ms >= filter.since) &&
    (filter.until === undefined || line.ms <= filter.until) &&
    (streams.size === 0 || streams.has(line.isStderr ? 'stderr' : 'stdout')) &&
    (wantedLevels.size === 0 || wantedLevels.has(levelOf(line.text))) &&
    (text === '' || stripAnsi(line.text).toLowerCase().includes(text))
}

function levelOf(text: string): Level {
  return levels[detectLevel(text)] ?? 'unknown'
}

function print(
  message: LogMessage,
  sources: ReadonlyMap<number, LogSource>,
  filter: Filter,
  accepts: (line: Line) => boolean,
  hasNames: boolean,
): string {
  if (message.type === 'gap' && message.reason === 'rotated')
    return filter.format === 'text' ? '--- lines before this are no longer kept by the Engine\n' : ''
  if (message.type !== 'lines') return ''
  let out = ''
  eachLine(message, ({ time, source, flags, text }) => {
    const isStderr = (flags & 1) !== 0
    if (!accepts({ ms: time.seconds * 1000 + time.nanos / 1e6, isStderr, text })) return
    const name = sources.get(source)?.name ?? ''
    if (filter.format === 'jsonl') {
      const stream = isStderr ? 'stderr' : 'stdout'
      out += `${JSON.stringify({ time: toIsoNanos(time), container: name, stream, level: levelOf(text), text })}\n`
    } else
      out += `${filter.timestamps === '1' ? `${toIsoNanos(time)} ` : ''}${hasNames ? `${name} | ` : ''}${text}\n`
  })
  return out
}

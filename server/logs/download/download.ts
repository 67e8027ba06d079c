import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import { compilePattern } from '#lib/logs/search/pattern'
import type { LogQuery } from '#lib/logs/search/query'
import { logQueryParams, queryFromParams } from '#lib/logs/search/query-request'
import type { LogSource } from '#lib/logs/wire'
import { streamResponse } from '#server/http/compressed'
import { readQuery } from '#server/http/handle'
import { goneOf, listKept } from '../kept/kept-containers.ts'
import type { StreamItem } from '../stream/stream-item.ts'
import { findLogged, type Logged, openLogStream, projectContainers, readTailParam } from '../requests.ts'
import { lineFilter } from './line-filter.ts'
import { printGap, printLines, type PrintOptions } from './print-lines.ts'

const listOf = (text: string | undefined): string[] => (text ? text.split(',').filter(Boolean) : [])

const params = z.object({
  ...logQueryParams.shape,
  format: z.enum(['text', 'jsonl']).default('text'),
  timestamps: z.enum(['0', '1']).default('0'),
  services: z.string().max(5_000).optional(),
})

/** Lines of several containers come in the order of time, but for those that were late. */
const lateMs = 60_000

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
 * The log as a file, streamed, filtered as `GET /api/logs/search` is (`q`, `regex`, `case`, `invert`, `levels`, `stream`,
 * `since`, `until`) and by `services`; `format=text|jsonl`, `timestamps=1`, `tail`.
 */
function download(request: Request, all: readonly Logged[], name: string): Response {
  const { format, timestamps, services: names, ...given } = readQuery(request, params)
  const query = queryFromParams(given)
  const { error } = compilePattern(query)
  if (error) throw new CodedError('bad_request', `${error}.`)
  const services = new Set(listOf(names))
  const logged = services.size === 0 ? all : all.filter((one) => services.has(serviceOf(one)))
  const leaving = new AbortController()
  const tail = readTailParam(new URL(request.url).searchParams, 'all')
  const signal = AbortSignal.any([request.signal, leaving.signal])
  const items = openLogStream({ logged }, { tail, after: new Map(), signal })
  const text = fileText(items, query, { format, hasTimestamps: timestamps === '1' })
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await text.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    cancel: async () => {
      leaving.abort()
      await text.return(undefined)
    },
  })
  return streamResponse(request, body, {
    'content-type': format === 'text' ? 'text/plain; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
    'content-disposition': `attachment; filename="${fileName(name, format)}"`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store, no-transform',
  })
}

/** What was written until now, piece by piece: the end of the history is the end of the file. */
async function* fileText(
  items: AsyncGenerator<StreamItem>,
  query: LogQuery,
  options: Omit<PrintOptions, 'sources'>,
): AsyncGenerator<string, undefined> {
  const sources = new Map<number, LogSource>()
  const filter = lineFilter(query)
  try {
    for await (const { message } of items) {
      if (message.type === 'caught-up') return
      if (message.type === 'sources') for (const source of message.sources) sources.set(source.index, source)
      if (message.type === 'gap' && query.text === '') yield printGap(message, options.format)
      if (message.type !== 'lines') continue
      if (query.untilMs !== null && message.seconds * 1000 > query.untilMs + lateMs) return
      const text = printLines(message, await filter.match(message), { ...options, sources })
      if (text !== '') yield text
    }
  } finally {
    filter.close()
  }
}

function fileName(name: string, format: 'text' | 'jsonl'): string {
  const plain = name.replace(/[^\w.-]+/g, '_').slice(0, 80) || 'log'
  return `${plain}.${format === 'text' ? 'log' : 'jsonl'}`
}

function nameOf(logged: Logged): string {
  return 'container' in logged ? logged.container.name : logged.kept.name
}

function serviceOf(logged: Logged): string {
  return 'container' in logged
    ? logged.container.compose?.service || logged.container.name
    : logged.kept.service || logged.kept.name
}

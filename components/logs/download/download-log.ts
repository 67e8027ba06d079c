import { openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { everyLine, type LogQuery, queryToParams } from '#lib/logs/search/query'
import { boundsOf, type TimeRange } from '#lib/logs/search/time-range'
import type { LogTarget } from '../session/log-session.ts'
import type { LogView } from '../view/view-url.ts'

/** The whole log, or what the view says: as text, as text with times, as JSON lines. */
export type DownloadKind = 'all' | 'text' | 'timed' | 'jsonl'

export interface DownloadView {
  view: LogView
  isInverted: boolean
  range: TimeRange | null
}

/** Fetched, not linked: the request carries the per-session secret. */
export function openDownload(target: LogTarget, shown: DownloadView, what: DownloadKind): Promise<Response> {
  const base =
    target.kind === 'project'
      ? paths.projectLogsDownload(target.name)
      : paths.containerLogsDownload(target.id)
  const { services } = shown.view
  const params = new URLSearchParams({
    format: what === 'jsonl' ? 'jsonl' : 'text',
    tail: 'all',
    ...(what === 'timed' ? { timestamps: '1' } : {}),
    ...(what === 'all' ? {} : queryToParams(queryOf(shown))),
    ...(what !== 'all' && services.length > 0 ? { services: services.join() } : {}),
  })
  return openStream(`${base}?${params.toString()}`)
}

function queryOf({ view, isInverted, range }: DownloadView): LogQuery {
  const { text, isRegex, isCaseSensitive, levels, stream } = view
  return {
    ...everyLine,
    text,
    isRegex,
    isCaseSensitive,
    levels,
    stream,
    isInverted: isInverted && text !== '',
    ...boundsOf(range, Date.now()),
  }
}

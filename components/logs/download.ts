import { saveResponse } from '#components/ui/save-response'
import { notify } from '#components/ui/toast'
import { openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { LogTarget } from './session/log-session.ts'
import type { LogView } from './view/view-url.ts'

export type DownloadKind = 'all' | 'filtered' | 'jsonl'

/** Fetched, not linked: the request carries the per-session secret. */
export async function downloadLog(target: LogTarget, view: LogView, what: DownloadKind): Promise<void> {
  const base =
    target.kind === 'project'
      ? paths.projectLogsDownload(target.name)
      : paths.containerLogsDownload(target.id)
  try {
    await saveResponse(await openStream(`${base}?${queryOf(view, what).toString()}`), 'log.log')
  } catch (error) {
    notify.error('The log could not be downloaded.', error)
  }
}

function queryOf(view: LogView, what: DownloadKind): URLSearchParams {
  const query = new URLSearchParams({ format: what === 'jsonl' ? 'jsonl' : 'text', tail: 'all' })
  if (what === 'all') return query
  if (view.text && !view.isRegex) query.set('text', view.text)
  if (view.levels.length > 0) query.set('levels', view.levels.join())
  if (view.stream !== 'all') query.set('streams', view.stream)
  if (view.services.length > 0) query.set('services', view.services.join())
  return query
}

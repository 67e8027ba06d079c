import { formatSpan } from '#lib/format/time'
import type { LogSearch } from './log-search.ts'

const count = (value: number): string => value.toLocaleString('en')
const lines = (value: number): string => `${count(value)} ${value === 1 ? 'line' : 'lines'}`

/** How the search stands, in one sentence. */
export function searchWords(search: LogSearch): string {
  const { progress, end, error } = search
  if (error) return error
  if (!progress) return end?.detail ?? (search.isRunning ? 'Searching…' : '')
  const found = `${count(progress.hitCount)} of ${lines(progress.scannedCount)}`
  const span = formatSpan(progress.elapsedMs)
  if (search.isStopped) return `${found} · stopped by you after ${span}`
  switch (end?.reason) {
    case undefined:
      return `${found} so far · ${span}`
    case 'complete':
      return `${found} · every line was looked at · ${span}`
    case 'partial':
      return `${found} · not every container could be read: ${end.detail ?? ''}`
    case 'runaway':
    case 'failed':
      return `${found} · ${end.detail ?? 'the search broke off'}`
  }
}

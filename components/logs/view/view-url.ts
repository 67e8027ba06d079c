import { type Level, levels } from '#lib/logs/level'
import type { FieldFilter } from '#lib/logs/structure/fields'
import type { Query } from '../find/pattern.ts'
import { maxHighlights } from '../store/line-marks.ts'

export type TimeMode = 'off' | 'time' | 'local' | 'utc'

/** What a log page shows, all of it in the URL. */
export interface LogView extends Query {
  isMatchOnly: boolean
  levels: readonly Level[]
  stream: 'all' | 'stdout' | 'stderr'
  /** Services (or container names outside Compose) that are shown; empty: all. */
  services: readonly string[]
  isWrapped: boolean
  time: TimeMode
  /** Patterns that stay highlighted whatever is searched. */
  highlights: readonly Query[]
  /** Fields with a column of their own. */
  columns: readonly ColumnView[]
  fields: readonly FieldFilter[]
  /** `folded`: the first line of a trace until it is opened; `off`: every line. */
  traces: TraceMode
}

export type TraceMode = 'folded' | 'off'

export interface ColumnView {
  key: string
  /** In characters; null: as wide as what is in it. */
  width: number | null
}

const timeModes: readonly TimeMode[] = ['off', 'time', 'local', 'utc']

export function readView(params: URLSearchParams): LogView {
  const list = (name: string): string[] => (params.get(name) ?? '').split(',').filter(Boolean)
  const stream = params.get('stream')
  const time = timeModes.find((mode) => mode === params.get('time'))
  const wanted = new Set(list('level'))
  return {
    text: params.get('q') ?? '',
    isRegex: params.get('regex') === '1',
    isCaseSensitive: params.get('case') === '1',
    isMatchOnly: params.get('only') === '1',
    levels: levels.filter((level) => wanted.has(level)),
    stream: stream === 'stdout' || stream === 'stderr' ? stream : 'all',
    services: list('service'),
    isWrapped: params.get('wrap') === '1',
    time: time ?? 'time',
    highlights: params.getAll('hl').map(readHighlight).slice(0, maxHighlights),
    columns: params.getAll('col').map(readColumn),
    fields: [
      ...params.getAll('is').map((text) => readField(text, false)),
      ...params.getAll('not').map((text) => readField(text, true)),
    ],
    traces: params.get('traces') === 'off' ? 'off' : 'folded',
  }
}

/** The query text with this view in it; other parameters stay as they are. */
export function writeView(params: URLSearchParams, view: LogView): string {
  const set = (name: string, value: string): void => {
    if (value) params.set(name, value)
    else params.delete(name)
  }
  set('q', view.text)
  set('regex', view.isRegex ? '1' : '')
  set('case', view.isCaseSensitive ? '1' : '')
  set('only', view.isMatchOnly ? '1' : '')
  set('level', view.levels.join())
  set('stream', view.stream === 'all' ? '' : view.stream)
  set('service', view.services.join())
  set('wrap', view.isWrapped ? '1' : '')
  set('time', view.time === 'time' ? '' : view.time)
  set('traces', view.traces === 'folded' ? '' : view.traces)
  const setAll = (name: string, values: string[]): void => {
    params.delete(name)
    for (const value of values) params.append(name, value)
  }
  setAll('hl', view.highlights.map(writeHighlight))
  setAll('col', view.columns.map(writeColumn))
  setAll('is', view.fields.filter((field) => !field.isNot).map(writeField))
  setAll('not', view.fields.filter((field) => field.isNot).map(writeField))
  return params.toString()
}

/** `:text`, `r:` in front of a regular expression, `c:` where case counts. */
function readHighlight(written: string): Query {
  const [flags = ''] = written.split(':')
  return {
    text: written.slice(flags.length + 1),
    isRegex: flags.includes('r'),
    isCaseSensitive: flags.includes('c'),
  }
}

function writeHighlight({ text, isRegex, isCaseSensitive }: Query): string {
  return `${isRegex ? 'r' : ''}${isCaseSensitive ? 'c' : ''}:${text}`
}

/** `key` or `key:width`, the key percent-encoded: it may hold a colon. */
function readColumn(written: string): ColumnView {
  const [key = '', width = ''] = written.split(':')
  return { key: decode(key), width: /^\d{1,3}$/.test(width) ? Number(width) : null }
}

function writeColumn({ key, width }: ColumnView): string {
  return width === null ? encodeURIComponent(key) : `${encodeURIComponent(key)}:${width}`
}

function readField(written: string, isNot: boolean): FieldFilter {
  const [key = ''] = written.split(':')
  return { key: decode(key), value: written.slice(key.length + 1), isNot }
}

function writeField({ key, value }: FieldFilter): string {
  return `${encodeURIComponent(key)}:${value}`
}

/** Somebody may have edited the address by hand. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

import { type Level, levels } from '#lib/logs/level'
import type { Query } from '../find/pattern.ts'

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
  return params.toString()
}

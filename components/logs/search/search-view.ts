import { rangeToParams, readRange, type TimeRange } from '#lib/logs/search/time-range'

/** What a log page shows of all there is, beyond the lines it holds; in the URL beside `LogView`. */
export interface SearchView {
  isOpen: boolean
  isInverted: boolean
  hasHistogram: boolean
  range: TimeRange | null
}

export function readSearchView(params: URLSearchParams): SearchView {
  return {
    isOpen: params.get('search') === '1',
    isInverted: params.get('invert') === '1',
    hasHistogram: params.get('hist') === '1',
    range: readRange(params),
  }
}

/** The query text with this view in it; other parameters stay as they are. */
export function writeSearchView(params: URLSearchParams, view: SearchView): string {
  for (const name of ['search', 'invert', 'hist', 'last', 'since', 'until']) params.delete(name)
  if (view.isOpen) params.set('search', '1')
  if (view.isInverted) params.set('invert', '1')
  if (view.hasHistogram) params.set('hist', '1')
  for (const [name, value] of Object.entries(rangeToParams(view.range))) params.set(name, value)
  return params.toString()
}

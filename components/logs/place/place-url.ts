import { toEngineTime, type NanoTime } from '#lib/logs/nano-time'
import { formatLinePlace, type LinePlace, parseLinePlace, parseTime } from '#lib/logs/place'

/** Where in the past a log page stands, instead of at its live end. */
export interface Place {
  at: NanoTime
  /** The line that is meant; null: the first one from `at` on. */
  line: LinePlace | null
}

export function readPlace(params: URLSearchParams): Place | null {
  const line = parseLinePlace(params.get('line') ?? '')
  if (line) return { at: { seconds: line.cursor.seconds, nanos: line.cursor.nanos }, line }
  const at = parseTime(params.get('at') ?? '')
  return at && { at, line: null }
}

/** The place as one text; the same for the same place. Empty: live. */
export function placeKey(place: Place | null): string {
  if (!place) return ''
  return place.line ? formatLinePlace(place.line) : toEngineTime(place.at)
}

/** The query text with this place in it; other parameters stay as they are. */
export function writePlace(params: URLSearchParams, place: Place | null): string {
  params.delete('line')
  params.delete('at')
  if (place) params.set(place.line ? 'line' : 'at', placeKey(place))
  return params.toString()
}

/** The address of one line, for somebody else: a page's path, at that line, and nothing of how it is filtered here. */
export function permalink(path: string, line: LinePlace): string {
  return `${location.origin}${path}?${writePlace(new URLSearchParams(), { at: line.cursor, line })}`
}

import { parseAnsi, type TextSpan } from '#lib/logs/ansi'
import { parseJsonLine, summariseJson } from '#lib/logs/json-line'
import { afterCarriageReturns, showHidden } from '#lib/logs/visible-text'
import type { FoundRange } from '../find/pattern.ts'

/** A stretch of a row: how it looks, and what it is for. */
export interface RowSpan extends TextSpan {
  role: 'text' | 'key' | 'value'
}

export interface RowView {
  spans: RowSpan[]
  /** What the spans say together; highlights count in it. */
  text: string
  isJson: boolean
}

/** Characters of one line that are shown in the list; the whole line is in its details. */
const maxShown = 4_000

/** Characters of one line that are read for that: colours take room that is not shown. */
const maxRead = 8 * maxShown

/** A line as it reads: JSON as message and fields, colours, hidden characters written out. */
export function rowView(raw: string): RowView {
  const json = raw.startsWith('{') && raw.length <= 65_536 ? parseJsonLine(raw) : null
  const spans: RowSpan[] = []
  if (json) {
    const { message, fields } = summariseJson(json)
    if (message) spans.push({ text: showHidden(message), style: {}, role: 'text' })
    for (const { key, text } of fields) {
      const gap = spans.length > 0 ? ' ' : ''
      spans.push({ text: `${gap}${showHidden(key)}=`, style: {}, role: 'key' })
      spans.push({ text: showHidden(text), style: {}, role: 'value' })
    }
    if (spans.length === 0) spans.push({ text: showHidden(raw), style: {}, role: 'text' })
  } else {
    for (const span of parseAnsi(afterCarriageReturns(raw).slice(0, maxRead)))
      spans.push({ text: showHidden(span.text), style: span.style, role: 'text' })
  }
  const shown = clip(spans)
  return { spans: shown, text: shown.map((span) => span.text).join(''), isJson: json !== null }
}

function clip(spans: RowSpan[]): RowSpan[] {
  let room = maxShown
  const shown: RowSpan[] = []
  for (const span of spans) {
    if (room <= 0) break
    shown.push(span.text.length > room ? { ...span, text: `${span.text.slice(0, room)}…` } : span)
    room -= span.text.length
  }
  return shown
}

/** A stretch with where it begins in the row's text. */
export interface Piece extends RowSpan {
  /** Which pattern stands here, see `FoundRange`; null: none. */
  hit: number | null
  start: number
}

/** Cuts spans where highlights begin and end; where several cover a place, the first pattern is the one shown. */
export function highlight(spans: readonly RowSpan[], ranges: readonly FoundRange[]): Piece[] {
  const cuts = [...new Set(ranges.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b)
  const pieces: Piece[] = []
  let at = 0
  for (const span of spans) {
    const end = at + span.text.length
    const bounds = [at, ...cuts.filter((cut) => cut > at && cut < end), end]
    for (let i = 1; i < bounds.length; i += 1) {
      const [start = 0, stop = 0] = [bounds[i - 1], bounds[i]]
      const hits = ranges.filter((range) => range.start <= start && range.end >= stop)
      const hit = hits.length > 0 ? Math.min(...hits.map((range) => range.index)) : null
      if (stop > start) pieces.push({ ...span, text: span.text.slice(start - at, stop - at), hit, start })
    }
    at = end
  }
  return pieces
}

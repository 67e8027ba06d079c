import type { FieldFilter } from '#lib/logs/structure/fields'
import { maxHighlights } from '../store/line-marks.ts'
import type { LogView, TimeMode } from './view-url.ts'

const timeModes: readonly TimeMode[] = ['time', 'local', 'utc', 'off']

export function nextTime({ time }: LogView): TimeMode {
  return timeModes[(timeModes.indexOf(time) + 1) % timeModes.length] ?? 'time'
}

/** What is searched stays highlighted, and the search box is free for something else. */
export function keepHighlight({ text, isRegex, isCaseSensitive, highlights }: LogView): Partial<LogView> {
  if (text === '' || highlights.length >= maxHighlights) return {}
  const isThere = highlights.some((highlight) => highlight.text === text && highlight.isRegex === isRegex)
  return {
    text: '',
    isMatchOnly: false,
    highlights: isThere ? highlights : [...highlights, { text, isRegex, isCaseSensitive }],
  }
}

/** Adds a filter by field, in the place of one that says the opposite. */
export function addField({ fields }: LogView, field: FieldFilter): Partial<LogView> {
  const others = fields.filter((other) => other.key !== field.key || other.value !== field.value)
  return { fields: [...others, field] }
}

export function toggleColumn({ columns }: LogView, key: string): Partial<LogView> {
  const others = columns.filter((column) => column.key !== key)
  return { columns: others.length < columns.length ? others : [...columns, { key, width: null }] }
}

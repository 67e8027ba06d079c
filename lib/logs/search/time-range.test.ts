import { expect, test } from 'vitest'
import { boundsOf, rangePresets, rangeToParams, readRange, type TimeRange } from './time-range.ts'

test.each<[string, TimeRange | null]>([
  ['', null],
  ['last=15m', { last: '15m' }],
  ['last=15y', null],
  ['since=1000&until=2000', { sinceMs: 1000, untilMs: 2000 }],
  ['until=2000', { sinceMs: null, untilMs: 2000 }],
  ['since=-5', null],
])('“%s” is read', (text, range) => expect(readRange(new URLSearchParams(text))).toEqual(range))

test('what is written is read back', () => {
  const ranges: TimeRange[] = [...rangePresets.map((last) => ({ last })), { sinceMs: 5, untilMs: null }]
  for (const range of ranges) expect(readRange(new URLSearchParams(rangeToParams(range)))).toEqual(range)
})

test('the last while ends now and stays open', () => {
  expect(boundsOf({ last: '1h' }, 10_000_000)).toEqual({ sinceMs: 6_400_000, untilMs: null })
  expect(boundsOf(null, 5)).toEqual({ sinceMs: null, untilMs: null })
})

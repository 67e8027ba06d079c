import { expect, test } from 'vitest'
import { formatLinePlace, parseLinePlace, parseTime } from './place.ts'
import { toEngineTime } from './nano-time.ts'

test('a line’s place is read back as it was written', () => {
  const cursor = { seconds: 1_763_942_400, nanos: 42, isStderr: true, ordinal: 3 }
  const text = formatLinePlace({ containerId: '0123456789abcdef'.repeat(4), cursor })
  expect(text).toBe('0123456789ab-1763942400.000000042.1.3')
  expect(parseLinePlace(text)).toEqual({ containerId: '0123456789ab', cursor })
  expect(encodeURIComponent(text)).toBe(text)
})

test.each([
  '',
  'x',
  '0123456789ab',
  '0123-1.000000000.0.0',
  '0123456789ab-1.0.0.0',
  '0123456789ab-1.000000000.2.0',
])('“%s” is no place', (text) => expect(parseLinePlace(text)).toBeNull())

test('times', () => {
  expect(parseTime(toEngineTime({ seconds: 7, nanos: 5 }))).toEqual({ seconds: 7, nanos: 5 })
  expect(parseTime('7.5')).toBeNull()
})

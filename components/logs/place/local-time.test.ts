import { expect, test } from 'vitest'
import { formatLocalTime, parseLocalTime } from './local-time.ts'

test('what is written is read back, to the second', () => {
  const ms = Date.UTC(2026, 10, 24, 22, 5, 7)
  expect(parseLocalTime(formatLocalTime(ms))).toBe(ms)
  expect(parseLocalTime('2026-11-24T22:05:07.250Z')).toBe(ms + 250)
  expect(parseLocalTime(' 2026-11-24 22:05 ')).toBe(new Date(2026, 10, 24, 22, 5).getTime())
})

test.each(['', 'yesterday', '2026-13-40 99:00', '24.11.2026', '2026-11-24'])('“%s” is no time', (text) =>
  expect(parseLocalTime(text)).toBeNull(),
)

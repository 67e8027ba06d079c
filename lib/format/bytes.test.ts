import { expect, it } from 'vitest'
import { formatBytes } from './bytes.ts'

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1536, '1.54 kB'],
  [999_499, '999 kB'],
  [999_950, '1 MB'],
  [80_400_000, '80.4 MB'],
  [1_240_000_000, '1.24 GB'],
  [-1, '–'],
  [Number.NaN, '–'],
])('formatBytes(%d) is %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

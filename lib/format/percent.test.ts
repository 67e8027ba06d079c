import { expect, it } from 'vitest'
import { formatPercent } from './percent.ts'

it.each([
  [0, '0.0 %'],
  [0.44, '0.4 %'],
  [9.94, '9.9 %'],
  [9.96, '10 %'],
  [230.4, '230 %'],
  [Number.NaN, '–'],
])('%d is %s', (percent, words) => {
  expect(formatPercent(percent)).toBe(words)
})

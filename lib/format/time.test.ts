import { describe, expect, it } from 'vitest'
import { formatAge, formatSpan } from './time.ts'

const s = 1000
const min = 60 * s
const h = 60 * min
const day = 24 * h

describe('formatAge', () => {
  it.each([
    [-5, '0 s'],
    [0, '0 s'],
    [999, '0 s'],
    [40 * s, '40 s'],
    [5 * min + 59 * s, '5 min'],
    [2 * h, '2 h'],
    [47 * h, '47 h'],
    [3 * day, '3 days'],
    [35 * day, '5 weeks'],
    [120 * day, '3 months'],
    [800 * day, '2 years'],
    [Number.NaN, '–'],
  ])('%i ms is %s', (ms, words) => {
    expect(formatAge(ms)).toBe(words)
  })
})

describe('formatSpan', () => {
  it.each([
    [0, '0 ms'],
    [350, '350 ms'],
    [3120, '3.1 s'],
    [4 * min + 10 * s, '4 min 10 s'],
    [2 * h, '2 h'],
    [26 * h, '1 day 2 h'],
    [-1, '–'],
  ])('%i ms is %s', (ms, words) => {
    expect(formatSpan(ms)).toBe(words)
  })
})

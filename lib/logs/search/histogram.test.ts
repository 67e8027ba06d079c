import { expect, test } from 'vitest'
import { LevelHistogram } from './histogram.ts'

const total = (histogram: LevelHistogram): number =>
  histogram.read().buckets.reduce((sum, [, counts]) => sum + counts.reduce((a, b) => a + b, 0), 0)

test('buckets widen as the range grows, and no line is lost', () => {
  const histogram = new LevelHistogram()
  for (let second = 0; second < 100_000; second += 1)
    histogram.add(1_764_000_000_000 + second * 1_000, second % 7)
  expect(total(histogram)).toBe(100_000)
  expect(histogram.read().buckets.length).toBeLessThanOrEqual(400)
  expect(histogram.widthMs).toBe(300_000)
})

test('two of different widths become one of the wider', () => {
  const fine = new LevelHistogram()
  fine.add(1_000_150, 3)
  fine.add(1_000_250, 3)
  const coarse = new LevelHistogram()
  for (let hour = 0; hour < 1_000; hour += 1) coarse.add(hour * 3_600_000, 5)
  coarse.merge(fine.read())
  expect(total(coarse)).toBe(1_002)
  fine.merge(coarse.read())
  expect(total(fine)).toBe(1_004)
  expect(fine.widthMs).toBe(coarse.widthMs)
})

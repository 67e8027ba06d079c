import { expect, test } from 'vitest'
import { LevelHistogram } from './histogram.ts'
import { toColumns } from './histogram-columns.ts'

test('columns cover the whole range without a hole and lose nothing', () => {
  const histogram = new LevelHistogram()
  for (let i = 0; i < 1_000; i += 1) histogram.add(1_764_000_000_000 + i * 37, i % 7)
  histogram.add(1_764_000_090_000, 5)
  const columns = toColumns(histogram.read(), 60)
  expect(columns.length).toBeLessThanOrEqual(61)
  expect(columns.reduce((sum, column) => sum + column.total, 0)).toBe(1_001)
  columns.forEach((column, index) => {
    expect(column.startMs).toBe(index === 0 ? column.startMs : columns[index - 1]?.endMs)
    expect(column.counts.reduce((a, b) => a + b, 0)).toBe(column.total)
  })
  expect(columns.at(-1)?.counts[5]).toBe(1)
})

test('nothing counted: no columns', () => {
  expect(toColumns(new LevelHistogram().read(), 60)).toEqual([])
})

import { expect, test } from 'vitest'
import type { LogLines } from '../wire.ts'
import { HitList, listedUntil } from './hit-list.ts'

function lines(source: number, seconds: number[], prefix = 'line'): LogLines {
  const deltas = seconds.slice(1).map((second, index) => (second - (seconds[index] ?? 0)) * 1e9)
  return {
    type: 'lines',
    seconds: seconds[0] ?? 0,
    nanos: 0,
    deltas,
    source,
    flags: 0,
    text: seconds.map((second) => `${prefix} ${second}`).join('\n'),
  }
}

test('hits of all sources in one order, newest first, whatever order they came in', () => {
  const list = new HitList(10)
  list.add(lines(0, [50, 60]))
  list.add(lines(1, [55]))
  list.add(lines(0, [10, 20]))
  expect(list.all.map((hit) => [hit.source, hit.cursor.seconds])).toEqual([
    [0, 60],
    [1, 55],
    [0, 50],
    [0, 20],
    [0, 10],
  ])
  expect(list.all[1]?.text).toBe('line 55')
  expect(
    listedUntil(
      list.all,
      new Map([
        [0, 4],
        [1, 1],
      ]),
    ),
  ).toBeNull()
})

test('beyond the cap the oldest of a source go, and the list says from where it is not whole', () => {
  const list = new HitList(2)
  list.add(lines(0, [1, 2, 3, 4]))
  list.add(lines(1, [1, 9]))
  expect(list.all.map((hit) => [hit.source, hit.cursor.seconds])).toEqual([
    [1, 9],
    [0, 4],
    [0, 3],
    [1, 1],
  ])
  expect(
    listedUntil(
      list.all,
      new Map([
        [0, 4],
        [1, 2],
      ]),
    ),
  ).toBe(3)
  expect(
    listedUntil(
      list.all,
      new Map([
        [0, 4],
        [1, 2],
        [2, 7],
      ]),
    ),
  ).toBe(0)
})

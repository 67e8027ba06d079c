import { expect, test } from 'vitest'
import { placeBeside } from './place.ts'

const size = { width: 100, height: 20 }
const windowSize = { width: 1000, height: 600 }
const middle = { left: 500, top: 300, width: 28, height: 28 }

test('a tooltip stands in the middle of the wished side, 6 px off', () => {
  expect(placeBeside(middle, size, windowSize, 'top')).toEqual({ left: 464, top: 274 })
  expect(placeBeside(middle, size, windowSize, 'bottom')).toEqual({ left: 464, top: 334 })
  expect(placeBeside(middle, size, windowSize, 'left')).toEqual({ left: 394, top: 304 })
  expect(placeBeside(middle, size, windowSize, 'right')).toEqual({ left: 534, top: 304 })
})

test('without room there it stands on the other side, if that has more', () => {
  expect(placeBeside({ ...middle, top: 4 }, size, windowSize, 'top').top).toBe(38)
  expect(placeBeside({ ...middle, top: 570 }, size, windowSize, 'bottom').top).toBe(544)
  expect(placeBeside({ ...middle, left: 960 }, size, windowSize, 'right').left).toBe(854)
  expect(placeBeside({ ...middle, left: 20 }, size, windowSize, 'left').left).toBe(54)
})

test('it never leaves the window', () => {
  expect(placeBeside({ ...middle, left: 0 }, size, windowSize, 'top').left).toBe(8)
  expect(placeBeside({ ...middle, left: 990 }, size, windowSize, 'top').left).toBe(892)
  const wide = { width: 1200, height: 700 }
  expect(placeBeside(middle, wide, windowSize, 'bottom')).toEqual({ left: 8, top: 8 })
})

import { expect, it } from 'vitest'
import { bestOf, rank } from './rank.ts'

it('needs every word', () => {
  expect(rank('shop logs', 'shop lo')).toBeGreaterThan(0)
  expect(rank('shop logs', 'shop shell')).toBe(0)
  expect(rank('anything', '  ')).toBeGreaterThan(0)
})

it('puts starts of words before middles, and whole names first', () => {
  const items = ['webapp', 'my-app', 'app', 'apple']
  expect(bestOf(items, 'app', (item) => item, 10)).toEqual(['app', 'apple', 'my-app', 'webapp'])
  expect(bestOf(items, 'app', (item) => item, 2)).toHaveLength(2)
})

import { expect, it } from 'vitest'
import { startOrder } from './start-order.ts'

it('starts what others need first, side by side where nothing says otherwise', () => {
  expect(
    startOrder([
      { name: 'web', after: ['app', 'cache'] },
      { name: 'app', after: ['db'] },
      { name: 'db', after: [] },
      { name: 'cache', after: [] },
    ]),
  ).toEqual([['cache', 'db'], ['app'], ['web']])
})

it('ignores names that are not there and itself', () => {
  expect(startOrder([{ name: 'app', after: ['gone', 'app', '__proto__'] }])).toEqual([['app']])
})

it('ends on a circle', () => {
  expect(
    startOrder([
      { name: 'a', after: ['b'] },
      { name: 'b', after: ['a'] },
      { name: '__proto__', after: [] },
    ]),
  ).toEqual([['__proto__'], ['a', 'b']])
})

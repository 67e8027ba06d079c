import { expect, test } from 'vitest'
import { asideName, nameBeforeAside } from './aside-name.ts'

test('a container that stepped aside tells its name, one that is only called so does not', () => {
  const id = 'abcdef012345'.padEnd(64, '0')
  expect(nameBeforeAside({ id, name: asideName('web-before-1', id) })).toBe('web-before-1')
  expect(nameBeforeAside({ id, name: asideName('web', 'f'.repeat(64)) })).toBeNull()
  expect(nameBeforeAside({ id, name: asideName('', id) })).toBeNull()
})

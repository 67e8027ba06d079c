import { describe, expect, it } from 'vitest'
import { imageName, shortImageId, splitTag } from './image-users.ts'

it('names an image by its first tag, or by its short id', () => {
  const id = `sha256:${'ab'.repeat(32)}`
  expect(imageName({ id, tags: ['app:1', 'app:2'] })).toBe('app:1')
  expect(imageName({ id, tags: [] })).toBe('abababababab')
  expect(shortImageId(id)).toBe('abababababab')
})

describe('splitTag', () => {
  it.each([
    ['postgres:17', 'postgres', '17'],
    ['localhost:5000/app:1', 'localhost:5000/app', '1'],
    ['localhost:5000/app', 'localhost:5000/app', ''],
  ])('%s', (reference, repository, tag) => expect(splitTag(reference)).toEqual({ repository, tag }))
})

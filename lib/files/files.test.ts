import { describe, expect, it } from 'vitest'
import { modeText } from './file-entry.ts'
import {
  baseName,
  fileNameProblem,
  insidePathProblem,
  joinPath,
  parentPath,
  pathSteps,
  tidyPath,
} from './inside-path.ts'

describe('paths inside', () => {
  it.each(['', 'etc', '../etc', '/a/../b', '/..', '/./a', '/a\0b', `/${'a'.repeat(5000)}`])(
    'refuse %j',
    (path) => expect(insidePathProblem(path)).not.toBeNull(),
  )
  it.each(['/', '/etc/passwd', '/a b/c', "/it's", '/日本', '/a\nb', '/...', '/; id', '/$(id)'])(
    'take %j',
    (path) => expect(insidePathProblem(path)).toBeNull(),
  )
  it('come apart and together', () => {
    expect(tidyPath('//a//b/')).toBe('/a/b')
    expect([joinPath('/', 'a'), joinPath('/a', 'b')]).toEqual(['/a', '/a/b'])
    expect([parentPath('/a/b'), parentPath('/a'), parentPath('/')]).toEqual(['/a', '/', '/'])
    expect([baseName('/a/b'), baseName('/')]).toEqual(['b', ''])
    expect(pathSteps('/a/b')).toEqual([
      { name: 'a', path: '/a' },
      { name: 'b', path: '/a/b' },
    ])
  })
  it.each(['', '.', '..', 'a/b', '/etc/passwd', '../x', 'a\0', 'é'.repeat(128)])(
    'has no file called %j',
    (name) => expect(fileNameProblem(name)).not.toBeNull(),
  )
  it.each(['a', ' a b ', '...', "it's", 'a\nb', '日本.txt', '-rf'])('has a file called %j', (name) =>
    expect(fileNameProblem(name)).toBeNull(),
  )
})

it.each([
  [{ type: 'file' as const, mode: 0o644 }, '-rw-r--r--'],
  [{ type: 'folder' as const, mode: 0o1777 }, 'drwxrwxrwt'],
  [{ type: 'file' as const, mode: 0o4755 }, '-rwsr-xr-x'],
  [{ type: 'link' as const, mode: 0o777 }, 'lrwxrwxrwx'],
])('writes a mode as ls does', (entry, text) => expect(modeText(entry)).toBe(text))

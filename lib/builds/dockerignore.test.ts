import { expect, test } from 'vitest'
import { DockerIgnore, type IgnoreMatch } from './dockerignore.ts'

/** Those of the paths that are left out, each judged through its folders. */
function leftOut(text: string, paths: string[]): string[] {
  const ignore = new DockerIgnore(text)
  return paths.filter((path) => {
    const parts = path.split('/')
    let match: IgnoreMatch | null = null
    for (let depth = 1; depth <= parts.length; depth += 1)
      match = ignore.match(parts.slice(0, depth).join('/'), match)
    return match?.isLeftOut
  })
}

test.each([
  ['a folder with all in it', 'node_modules', ['node_modules/a/b', 'x/node_modules/a'], ['node_modules/a/b']],
  [
    'at any depth',
    '**/node_modules',
    ['node_modules/a', 'x/node_modules/a', 'xnode_modules'],
    ['node_modules/a', 'x/node_modules/a'],
  ],
  ['names of one folder only', '*.log', ['a.log', 'b/a.log', 'a.logs'], ['a.log']],
  ['names at any depth', '**/*.log', ['a.log', 'b/c/a.log'], ['a.log', 'b/c/a.log']],
  ['the last rule that matches decides', '*\n!keep\nkeep/no', ['a', 'keep/a', 'keep/no'], ['a', 'keep/no']],
  [
    'an exception in a folder',
    'docs\n!docs/**/README.md',
    ['docs/a', 'docs/x/README.md', 'docs/README.md'],
    ['docs/a'],
  ],
  ['comments, blanks, slashes and dots', '# a\n\n /a/ \n./b/../c', ['a', 'b', 'c', '# a'], ['a', 'c']],
  [
    'one character, a class, an escape',
    'a?\n[b-d]x\n\\*\n[^z]q',
    ['ab', 'cx', 'ex', '*', 'zq', 'yq'],
    ['ab', 'cx', '*', 'yq'],
  ],
  ['characters that mean something elsewhere', 'a+(b)\n{c}$', ['a+(b)', 'aa(b)', '{c}$'], ['a+(b)', '{c}$']],
  ['the context itself never', '.\n!\n/', ['a'], []],
  ['capital letters are others', 'A', ['a', 'A'], ['A']],
  ['a folder of everything below', 'a/**', ['a/b', 'a/b/c', 'ab'], ['a/b', 'a/b/c']],
  ['folders between', 'a/**/z', ['a/z', 'a/b/c/z', 'az', 'a/bz'], ['a/z', 'a/b/c/z']],
])('%s', (_, text, paths, expected) => {
  expect(leftOut(text, paths)).toEqual(expected)
})

test('a pattern that would keep a regular expression busy for ever is answered', () => {
  expect(leftOut(`${'*a'.repeat(60)}b`, ['a'.repeat(4000)])).toEqual([])
})

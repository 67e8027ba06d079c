import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'

// docs/security.md says which test holds each control and each fault: a table that names a test nobody runs is worse than none.
const root = join(import.meta.dirname, '..')
const files = globSync('{app,bin,components,lib,server,tests}/**/*.{test,spec}.{ts,tsx}', { cwd: root })
const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| (?:C\d\d|F\d\d) \|/.test(line))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
const held = rows.map(([id = '', , by = '']) => [id, by] as const)

const range = (letter: string, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `${letter}${String(from + index).padStart(2, '0')}`)

test('every control and every fault has a row', () => {
  const wanted = [
    ...range('C', 1, 14),
    ...range('C', 20, 30),
    ...range('C', 40, 50),
    ...range('C', 60, 78),
    ...range('C', 80, 86),
    ...range('F', 1, 40),
  ]
  expect(held.map(([id]) => id)).toEqual(wanted)
})

test.each(held)('%s is held by tests that exist, or says why there is none', (_, by) => {
  let source = ''
  let titleCount = 0
  for (const [, path, title] of by.matchAll(/`([^`]+\.tsx?)`|\*([^*]+)\*/g)) {
    if (path) source = sourceOf(path)
    if (!title) continue
    titleCount += 1
    expect([title, titlesOf(source).some((one) => isPartOf(title, one))]).toEqual([title, true])
  }
  expect(titleCount > 0 || by.startsWith('n/a: ')).toBe(true)
})

/** The text of the test file of this name, or of a file of the project by its path. */
function sourceOf(path: string): string {
  const found = files.filter((file) => basename(file) === path || file === path)
  const [only = existsSync(join(root, path)) ? path : null] = found
  expect([path, only === null ? 'none' : found.length < 2]).toEqual([path, true])
  return readFileSync(join(root, only ?? path), 'utf8')
}

/** The first argument of each call that goes on with a function or with options: titles of tests, among others. */
function titlesOf(source: string): string[] {
  const call = /\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1,\s*(?:async\b|\(|\w+ =>|\{)/g
  return [...source.matchAll(call)].map(([, , text = '']) => text.replaceAll(/\\(.)/g, '$1'))
}

/** `…` stands for whatever is between. */
function isPartOf(part: string, title: string): boolean {
  let from = 0
  for (const piece of part.split('…').map((one) => one.trim())) {
    const at = title.indexOf(piece, from)
    if (at < 0) return false
    from = at + piece.length
  }
  return true
}

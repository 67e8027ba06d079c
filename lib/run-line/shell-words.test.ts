import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { splitShellWords } from './shell-words.ts'

const lines = [
  `a b  c`,
  `'a b' "c d" e\\ f`,
  `a'b'"c"\\d`,
  `"a\\"b\\\\c\\$d\\\`e\\f"`,
  `"" '' x`,
  `a \\\n b\\\nc "d\\\ne"`,
  `a # comment\n`,
  `a#b 'c' #d`,
  `a$ "b$" 'c$'`,
  `'it'\\''s' "it's" 'say "hi"'`,
  `ümlaut 日本 😀`,
  `a=b --c=d -e='f g'`,
]

it.each(lines)('reads %j as sh does', (line) => {
  const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' })
  const { words, problem } = splitShellWords(line)
  expect(problem).toBeNull()
  expect(words.map(({ text }) => text)).toEqual(printed.split('\0').slice(0, -1))
})

it("reads $'...' as bash does", () => {
  const { words } = splitShellWords(`$'a\\nb\\tc\\'d\\\\e\\303\\251\\x41'`)
  expect(words.map(({ text }) => text)).toEqual([`a\nb\tc'd\\eéA`])
})

it('knows where each word stood', () => {
  const line = `docker  run 'a b'`
  expect(splitShellWords(line).words.map(({ start, end }) => line.slice(start, end))).toEqual([
    'docker',
    'run',
    `'a b'`,
  ])
})

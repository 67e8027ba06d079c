import { expect, it } from 'vitest'
import { marks } from '../store/line-marks.ts'
import { joinTexts } from '../store/text-pages.ts'
import { compileLookup, type Lookup } from './lookup.ts'
import { markLines } from './mark-lines.ts'

const query = (text: string, isRegex = false) => ({ text, isRegex, isCaseSensitive: false })

function mark(lines: string[], lookup: Partial<Lookup>): number[] {
  const { lookup: compiled } = compileLookup({ query: query(''), highlights: [], fields: [], ...lookup })
  const ids = lines.map((_, index) => index)
  return [...markLines(joinTexts(ids, lines), compiled)]
}

it('marks what is searched and each highlight with a bit of its own', () => {
  const lookup = { query: query('b'), highlights: [query('a'), query('^c$', true)] }
  expect(mark(['a b', 'c', 'A', 'x c'], lookup)).toEqual([
    marks.match | marks.firstHighlight,
    marks.firstHighlight << 1,
    marks.firstHighlight,
    0,
  ])
})

it('finds a text that colours cut in two, and texts of other lengths in bytes', () => {
  expect(mark(['con\u001b[31mnect\u001b[0m', 'é connect', 'no'], { query: query('connect') })).toEqual([
    1, 1, 0,
  ])
})

it('does not find across two lines', () => {
  expect(mark(['end', 'begin'], { query: query('end\\sbegin', true) })).toEqual([0, 0])
})

it('marks lines whose fields are wanted, nested ones and those that only look like it', () => {
  const fields = [{ key: 'status', value: '200', isNot: false }]
  const lines = [
    '{"status":200}',
    '{"a":{"status":200}}',
    '{"a":{"status":200},"status":500}',
    '{"a":{},"status": "200"}',
  ]
  expect(mark(lines, { fields }).map((bits) => bits === marks.fieldsWanted)).toEqual([
    true,
    false,
    false,
    true,
  ])
})

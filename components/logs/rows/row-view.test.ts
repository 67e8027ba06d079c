import { expect, it } from 'vitest'
import { highlight, rowView } from './row-view.ts'

it('reads JSON as message and fields', () => {
  expect(rowView('{"level":30,"msg":"not ready","attempt":4,"host":"db"}')).toMatchObject({
    text: 'not ready attempt=4 host=db',
    isJson: true,
  })
})

it('keeps colours and writes out what hides', () => {
  expect(
    rowView('\u001b[31mred\u001b[0m a\u202eb').spans.map((span) => [span.text, span.style.color]),
  ).toEqual([
    ['red', 1],
    [' a<U+202E>b', undefined],
  ])
})

it('cuts highlights across spans', () => {
  const { spans } = rowView('\u001b[31mabc\u001b[0mdef')
  expect(
    highlight(spans, [{ start: 2, end: 4, index: 0 }]).map((piece) => [piece.text, piece.hit === 0]),
  ).toEqual([
    ['ab', false],
    ['c', true],
    ['d', true],
    ['ef', false],
  ])
})

it('shows a long line in part', () => {
  expect(rowView('x'.repeat(1_000_000)).text.length).toBeLessThan(5_000)
})

it('shows the first of two patterns where both stand', () => {
  const { spans } = rowView('abcdef')
  const ranges = [
    { start: 2, end: 4, index: 0 },
    { start: 1, end: 6, index: 2 },
  ]
  expect(highlight(spans, ranges).map((piece) => [piece.text, piece.hit])).toEqual([
    ['a', null],
    ['b', 2],
    ['cd', 0],
    ['ef', 2],
  ])
})

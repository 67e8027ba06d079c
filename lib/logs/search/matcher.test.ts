import { describe, expect, test } from 'vitest'
import { stripAnsi } from '../ansi.ts'
import { detectLevel, levels } from '../level.ts'
import { LineBatch } from '../line-batch.ts'
import { LineMatcher } from './matcher.ts'
import { compilePattern } from './pattern.ts'
import { everyLine, type LogQuery } from './query.ts'

const encoder = new TextEncoder()

function batchOf(texts: readonly string[], flags: readonly number[] = []): LineBatch {
  const batch = new LineBatch()
  texts.forEach((text, index) => {
    const bytes = encoder.encode(text)
    const line = {
      flags: flags[index] ?? 0,
      seconds: 1_000 + index,
      nanos: 999_999_999,
      ordinal: 0,
      droppedBytes: 0,
    }
    batch.line(line, bytes, 0, bytes.length)
  })
  return batch
}

function match(texts: readonly string[], query: Partial<LogQuery>, flags: readonly number[] = []): number[] {
  return new LineMatcher({ ...everyLine, ...query }).match(batchOf(texts, flags)).indexes
}

/** The same, the slow way: every line for itself. */
function matchOneByOne(texts: readonly string[], query: Partial<LogQuery>): number[] {
  const { pattern } = compilePattern({ ...everyLine, ...query })
  return texts.flatMap((text, index) => {
    const isHit = !pattern || new RegExp(pattern.source, pattern.flags).test(stripAnsi(text))
    return isHit === (query.isInverted ?? false) ? [] : [index]
  })
}

describe('texts', () => {
  const lines = [
    '',
    'GET /a 200',
    'get /b 500',
    '\u001b[31mERR\u001b[1mOR\u001b[0m boom',
    'über Größe',
    'a\rb',
    '',
  ]

  test('an empty text lets every line through, empty ones too', () => {
    expect(match(lines, {})).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(match([''], {})).toEqual([0])
  })

  test('case counts only when it is asked for', () => {
    expect(match(lines, { text: 'GET' })).toEqual([1, 2])
    expect(match(lines, { text: 'GET', isCaseSensitive: true })).toEqual([1])
    expect(match(lines, { text: 'ÜBER' })).toEqual([4])
  })

  test('special characters of a plain text are themselves', () => {
    expect(match(['a.b', 'axb', '(a', '[x]'], { text: '.' })).toEqual([0])
    expect(match(['a.b', 'axb', '(a', '[x]'], { text: '(' })).toEqual([2])
  })

  test('colours are not in the way', () => {
    expect(match(lines, { text: 'error boom' })).toEqual([3])
    expect(match(lines, { text: '^ERROR', isRegex: true })).toEqual([3])
    expect(match(lines, { text: '31m' })).toEqual([])
  })

  test('inverted: all the others', () => {
    expect(match(lines, { text: 'get', isInverted: true })).toEqual([0, 3, 4, 5, 6])
  })

  test('a pattern never reaches from one line into the next', () => {
    expect(match(['a', 'b', 'ab'], { text: 'a[^c]*b', isRegex: true })).toEqual([2])
    expect(match(['a', 'b', 'a b'], { text: 'a\\sb', isRegex: true })).toEqual([2])
    expect(match(['x', 'x', ''], { text: '^x$', isRegex: true })).toEqual([0, 1])
    expect(match(['error', 'ok', 'error fine'], { text: 'error(?!.*fine)', isRegex: true })).toEqual([0])
    expect(match(['\r', 'x'], { text: '^$', isRegex: true })).toEqual([])
  })
})

test('levels, streams and times', () => {
  const lines = ['INFO a', 'ERROR b', 'WARN c', 'd']
  expect(match(lines, { levels: ['error', 'warn'] })).toEqual([1, 2])
  expect(match(lines, { levels: ['unknown'] })).toEqual([3])
  expect(match(lines, { stream: 'stderr' }, [0, 1, 1, 0])).toEqual([1, 2])
  expect(match(lines, { stream: 'stdout' }, [0, 1, 1, 0])).toEqual([0, 3])
  expect(match(lines, { sinceMs: 1_001_999, untilMs: 1_002_999 })).toEqual([1, 2])
  const { levels: found } = new LineMatcher(everyLine).match(batchOf(lines))
  expect(found.map((level) => levels[level])).toEqual(['info', 'error', 'warn', 'unknown'])
  expect(found).toEqual(lines.map(detectLevel))
})

test('what is no regular expression says so', () => {
  expect(() => new LineMatcher({ ...everyLine, text: '(', isRegex: true })).toThrow(
    /Not a regular expression/,
  )
  expect(compilePattern({ ...everyLine, text: 'a\\-b', isRegex: true }).error).toBe('')
})

test('the whole batch at once finds what line by line finds, whatever the pattern', () => {
  const random = seeded(20_261_124)
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value
  const atoms = [
    'a',
    'b',
    'ab',
    'x',
    '.',
    '\\d',
    '\\w',
    '\\s',
    '\\S',
    '[ab]',
    '[^a]',
    '(?:a|b)',
    'ß',
    '\\.',
    '\\b',
    '^',
    '$',
    'K',
    '(?=b)',
    '(?!a)',
    '\\D',
    '{',
  ]
  const counts = ['', '', '', '*', '+', '?', '{1,2}', '*?']
  const text = (): string =>
    Array.from({ length: Math.floor(random() * 9) }, () =>
      pick(['a', 'b', 'x', ' ', '.', '7', 'ß', 'A', '\u001b[1m', '\r', '{', '😀']),
    ).join('')
  let compared = 0
  for (let round = 0; round < 3_000; round += 1) {
    const source = Array.from(
      { length: 1 + Math.floor(random() * 4) },
      () => pick(atoms) + pick(counts),
    ).join(pick(['', '', '', '|']))
    const query = {
      text: source,
      isRegex: random() < 0.8,
      isCaseSensitive: random() < 0.5,
      isInverted: random() < 0.3,
    }
    if (compilePattern(query).error) continue
    const lines = Array.from({ length: 1 + Math.floor(random() * 12) }, text)
    expect([source, lines, match(lines, query)]).toEqual([source, lines, matchOneByOne(lines, query)])
    compared += 1
  }
  expect(compared).toBeGreaterThan(1_500)
})

function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

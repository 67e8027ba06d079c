import { describe, expect, it } from 'vitest'
import { detectLevel, levels } from './level.ts'
import { fieldsOf, fieldTest } from './structure/fields.ts'
import { TraceGrouper } from './structure/trace-grouper.ts'

const long = 1_000_000
const repeated = [
  '(',
  'a.',
  'A',
  ' ',
  '\t',
  '[',
  '"GET ',
  'a="\\" ',
  'level=',
  '{"level":',
  '\u001b[',
  'Error',
  'x.rb:1:in ',
  '1.1.1.1 - - [',
  'ERROR ',
  'panic: ',
  '{',
  '\ud800',
]

/** Numbers that are always the same: a failure must come again. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function readAll(line: string, grouper: TraceGrouper): number {
  const level = detectLevel(line)
  grouper.next(line, level, { seconds: 0, nanos: 0 })
  fieldsOf(line)
  fieldTest([
    { key: 'a', value: 'x', isNot: false },
    { key: 'level', value: 'error', isNot: true },
  ])(line)
  return level
}

describe('lines somebody wrote to break the reader', () => {
  // Quadratic work over a megabyte would take hours: the test runner's own limit is the bound.
  it.each(repeated)('a megabyte of %j is read like any line', (part) => {
    for (const head of ['panic: x', 'Traceback (most recent call last):', 'ERROR x', '']) {
      const grouper = new TraceGrouper()
      readAll(head, grouper)
      readAll(part.repeat(Math.ceil(long / part.length)), grouper)
    }
  })

  it('any mixture has a level and fields without an exception', () => {
    const next = random(7)
    const parts = [...repeated, '\r', '\u0000', '"', '}', ':', ',', '=', '2026-11-24', 'INFO', '\n', '\u202e']
    const grouper = new TraceGrouper()
    for (let i = 0; i < 20_000; i += 1) {
      const count = Math.floor(next() * 12)
      const line = Array.from({ length: count }, () => parts[Math.floor(next() * parts.length)]).join('')
      expect(levels[readAll(line, grouper)]).toBeDefined()
    }
  })
})

import { describe, expect, it } from 'vitest'
import { formatCursor, formatCursors, type LineCursor, parseCursor, parseCursors } from './cursor.ts'
import { CursorSkip } from './cursor-skip.ts'
import { LineBatch } from './line-batch.ts'

/** `o5` is a stdout line at 5 ns, `e5` one of stderr; the same again gets the next ordinal. */
function batchOf(names: string[]): LineBatch {
  const batch = new LineBatch()
  const seen = new Map<string, number>()
  for (const name of names) {
    const ordinal = seen.get(name) ?? 0
    seen.set(name, ordinal + 1)
    const bytes = new TextEncoder().encode(name)
    const nanos = Number(name.slice(1))
    const flags = name.startsWith('e') ? 1 : 0
    batch.line({ seconds: 100, nanos, flags, ordinal, droppedBytes: 0 }, bytes, 0, bytes.length)
  }
  return batch
}

const cursor = (name: string, ordinal = 0): LineCursor => ({
  seconds: 100,
  nanos: Number(name.slice(1)),
  isStderr: name.startsWith('e'),
  ordinal,
})

function skip(
  names: string[],
  at: LineCursor | null,
  size = names.length,
): { rest: string[]; state: string } {
  const all = batchOf(names)
  const skipping = new CursorSkip(at)
  const rest: string[] = []
  const collect = (batch: LineBatch): void => {
    for (let i = 0; i < batch.count; i += 1) rest.push(batch.textOf(i))
  }
  for (let from = 0; from < all.count; from += size) {
    const part = new LineBatch()
    part.addRange(all, from, Math.min(all.count, from + size), 0)
    collect(skipping.take(part))
  }
  collect(skipping.end())
  return { rest, state: skipping.state }
}

describe('CursorSkip', () => {
  const log = ['o1', 'e2', 'o3', 'o3', 'e9', 'o4', 'o10', 'e10', 'o11']

  it('gives exactly the lines behind every line, though times go back and forth, in pieces of every size', () => {
    const seen = new Map<string, number>()
    log.forEach((name, index) => {
      const ordinal = seen.get(name) ?? 0
      seen.set(name, ordinal + 1)
      for (let size = 1; size <= log.length; size += 1)
        expect(skip(log, cursor(name, ordinal), size)).toEqual({ rest: log.slice(index + 1), state: 'past' })
    })
  })

  it('says when reading began behind the cursor', () => {
    expect(skip(['o5', 'o6'], cursor('o3'))).toEqual({ rest: ['o5', 'o6'], state: 'missed' })
    expect(skip(['e4', 'o5', 'o6'], cursor('o3'))).toEqual({ rest: ['e4', 'o5', 'o6'], state: 'missed' })
  })

  it('takes everything when the cursor’s line was joined to the one before', () => {
    expect(skip(['o1', 'o3', 'o5'], cursor('o3', 1))).toEqual({ rest: ['o5'], state: 'past' })
  })

  it('takes everything without a cursor', () => {
    expect(skip(log, null).rest).toEqual(log)
  })
})

describe('cursors as text', () => {
  it('come back', () => {
    const id = 'a'.repeat(64)
    const cursors = new Map([
      [id, cursor('e7', 2)],
      ['b'.repeat(64), cursor('o999999999')],
    ])
    expect(parseCursors(formatCursors(cursors))).toEqual(cursors)
    expect(formatCursor(cursor('e7', 2))).toBe('100.000000007.1.2')
  })

  it.each(['', '1.2.3.4', '1.000000001.2.0', '1.000000001.0', '-1.000000001.0.0', '1.000000001.0.0 '])(
    'refuses %j',
    (text) => {
      expect(parseCursor(text)).toBeNull()
    },
  )

  it('refuses a list with one that is wrong', () => {
    expect(parseCursors('zz:1.000000001.0.0')).toBeNull()
    expect(parseCursors(`${'a'.repeat(64)}:1`)).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { lineFlags } from '#lib/logs/line-assembler'
import type { LogLines } from '#lib/logs/wire'
import { marks } from './line-marks.ts'
import { LineStore } from './line-store.ts'
import { openFilter as all } from './row-filter.ts'

function lines(
  texts: string[],
  startNanos: number,
  options: { source?: number; flags?: number } = {},
): LogLines {
  return {
    type: 'lines',
    seconds: 100,
    nanos: startNanos,
    deltas: texts.slice(1).map(() => 10),
    source: options.source ?? 0,
    flags: options.flags ?? 0,
    text: texts.join('\n'),
  }
}

const same = (index: number): number => index
const shown = (store: LineStore): string[] =>
  Array.from({ length: store.rowCount }, (_, position) => {
    const id = store.idAt(position)
    return store.note(id)?.type ?? store.text(id)
  })

describe('LineStore', () => {
  it('gives back what came, also texts of other lengths in bytes and empty ones', () => {
    const store = new LineStore()
    store.append(lines(['a', '', '€ é', 'last'], 0), same)
    store.append(lines(['ß'.repeat(40_000), 'x'], 100), same)
    expect(shown(store)).toEqual(['a', '', '€ é', 'last', 'ß'.repeat(40_000), 'x'])
    expect(store.time(store.idAt(3))).toEqual({ seconds: 100, nanos: 30 })
  })

  it('puts late lines, notes and older lines in their places', () => {
    const store = new LineStore()
    store.append(lines(['b', 'd'], 100), same)
    store.append(lines(['c'], 105, { flags: lineFlags.late, source: 1 }), same)
    store.addNote({ type: 'marker', source: 0, kind: 'started', seconds: 100, nanos: 107 }, 0)
    const gap = store.addNote(
      { type: 'gap', source: 0, count: null, reason: 'earlier', seconds: 100, nanos: 100 },
      0,
    )
    expect(shown(store)).toEqual(['gap', 'b', 'c', 'marker', 'd'])
    store.removeNote(gap)
    store.insertOlder([lines(['x', 'y'], 90)], () => 0)
    expect(shown(store)).toEqual(['x', 'y', 'b', 'c', 'marker', 'd'])
  })

  it('filters by source, level, stream and match, also what comes later', () => {
    const store = new LineStore()
    store.append(lines(['INFO a', 'ERROR b'], 0), same)
    store.append(lines(['ERROR c'], 50, { source: 1, flags: lineFlags.stderr }), same)
    store.setFilter({ ...all, levels: new Set([5]) })
    expect(shown(store)).toEqual(['ERROR b', 'ERROR c'])
    store.append(lines(['INFO d', 'ERROR e'], 100), same)
    expect(shown(store)).toEqual(['ERROR b', 'ERROR c', 'ERROR e'])
    store.setFilter({ ...all, stream: 'stderr' })
    expect(shown(store)).toEqual(['ERROR c'])
    store.setFilter({ ...all, sources: new Set([0]) })
    expect(shown(store)).toEqual(['INFO a', 'ERROR b', 'INFO d', 'ERROR e'])
    store.setFilter(all)
    store.setMarks([store.idAt(0)], Uint8Array.of(marks.match))
    store.setFilter({ ...all, isMatchOnly: true })
    expect([shown(store), store.matchCount]).toEqual([['INFO a'], 1])
  })

  it('walks from match to match and round the end', () => {
    const store = new LineStore()
    const ids = store.append(lines(['a', 'b', 'c', 'd'], 0), same)
    store.setMarks(ids, Uint8Array.of(marks.match, 0, marks.match, 0))
    const isMatch = (id: number): boolean => store.isMatch(id)
    const [a = 0, , c = 0] = ids
    expect([store.find(a, 1, isMatch), store.find(c, 1, isMatch), store.find(a, -1, isMatch)]).toEqual([
      c,
      a,
      c,
    ])
    expect(store.matchesBefore(c)).toBe(1)
  })

  it('folds traces, opens one, and finds what is folded away', () => {
    const store = new LineStore()
    const ids = store.append(
      lines(['Error: a', '    at b', '    at c', 'INFO d', 'Error: e', '    at f'], 0),
      same,
    )
    store.setFilter({ ...all, isFolded: true })
    expect(shown(store)).toEqual(['Error: a', 'INFO d', 'Error: e'])
    const [head = 0, second = 0, third = 0] = ids
    expect(store.traceOf(head)).toEqual({ count: 2, firstId: second, lastId: third, isOpen: false })
    expect(store.find(head, 1, (id) => store.text(id).includes(' c'))).toBe(third)
    expect(store.withTrace(head)).toEqual([head, second, third])
    expect([store.isFolded(head), store.isFolded(third)]).toEqual([true, false])
    store.setTraceOpen(head, true)
    expect(shown(store)).toEqual(['Error: a', '    at b', '    at c', 'INFO d', 'Error: e'])
    store.append(lines(['    at g'], 100), same)
    store.setTraceOpen(head, false)
    expect(shown(store)).toEqual(['Error: a', 'INFO d', 'Error: e'])
    store.setFilter({ ...all, isFolded: true, levels: new Set([5]) })
    store.setTraceOpen(head, true)
    expect(shown(store)).toEqual(['Error: a', '    at b', '    at c', 'Error: e'])
    expect([store.counts.errorsOf(0), store.counts.byLevel[5]]).toEqual([2, 6])
  })

  it('lets the oldest go beyond its bound, says how many, and uses their room again', () => {
    const store = new LineStore(5_000)
    for (let i = 0; i < 40; i += 1)
      store.append(
        {
          ...lines(
            Array.from({ length: 1000 }, (_, n) => `${i} ${n}`),
            0,
          ),
          seconds: 100 + i,
        },
        same,
      )
    expect(store.lineCount + store.droppedCount).toBe(40_000)
    expect(store.lineCount).toBeGreaterThan(4_000)
    expect(shown(store).slice(-2)).toEqual(['39 998', '39 999'])
    const first = shown(store)[0]?.split(' ').map(Number) ?? []
    expect((first[0] ?? 0) * 1000 + (first[1] ?? 0)).toBe(store.droppedCount)
    store.clear()
    expect([store.rowCount, store.lineCount]).toEqual([0, 0])
  })
})

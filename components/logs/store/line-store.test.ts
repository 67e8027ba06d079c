import { describe, expect, it } from 'vitest'
import { lineFlags } from '#lib/logs/line-assembler'
import type { LogLines } from '#lib/logs/wire'
import { LineStore } from './line-store.ts'

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
const all = { sources: null, levels: null, stream: 'all', isMatchOnly: false } as const

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
    store.setMatches([store.idAt(0)])
    store.setFilter({ ...all, isMatchOnly: true })
    expect([shown(store), store.matchCount]).toEqual([['INFO a'], 1])
  })

  it('walks from match to match and round the end', () => {
    const store = new LineStore()
    const ids = store.append(lines(['a', 'b', 'c', 'd'], 0), same)
    store.setMatches([ids[0] ?? 0, ids[2] ?? 0])
    const isMatch = (id: number): boolean => store.isMatch(id)
    expect(store.find(0, 1, isMatch)).toBe(2)
    expect(store.find(2, 1, isMatch)).toBe(0)
    expect(store.find(0, -1, isMatch)).toBe(2)
    expect(store.matchesBefore(2)).toBe(1)
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

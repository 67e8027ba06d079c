import { describe, expect, it } from 'vitest'
import { layOutJson } from './json-tree.ts'

const document = {
  State: { Status: 'exited', ExitCode: 137, Health: { Log: [{ Output: 'refused' }] } },
  Args: ['-c', 'true'],
  Labels: { 'com.docker.compose.project': 'shop', __proto__x: 'plain' },
  Empty: {},
  Nothing: null,
}
const closed = { toggled: new Set<string>(), openDepth: 1, query: '' }

describe('layOutJson', () => {
  it('shows the first level, closed', () => {
    const { rows } = layOutJson(document, closed)
    expect(rows.map((row) => row.key)).toEqual(['State', 'Args', 'Labels', 'Empty', 'Nothing'])
    expect(rows[0]).toMatchObject({ kind: 'object', childCount: 3, isOpen: false })
    expect(rows[4]).toMatchObject({ kind: 'leaf', text: 'null', leafType: 'null' })
  })

  it('opens what the reader toggled, and closes what was open', () => {
    const { rows } = layOutJson(document, { ...closed, toggled: new Set(['["Args"]']) })
    expect(rows.map((row) => row.text).filter(Boolean)).toEqual(['"-c"', '"true"', 'null'])
    const all = layOutJson(document, { ...closed, openDepth: 9, toggled: new Set(['["State"]']) })
    expect(all.rows.some((row) => row.key === 'ExitCode')).toBe(false)
  })

  it('finds keys and values at any depth and keeps their ancestors', () => {
    const { rows, matchCount } = layOutJson(document, { ...closed, query: 'REFUSED' })
    expect(rows.map((row) => row.key)).toEqual(['State', 'Health', 'Log', '0', 'Output'])
    expect(matchCount).toBe(1)
    expect(layOutJson(document, { ...closed, query: 'compose.project' }).matchCount).toBe(1)
  })

  it('tells when nothing matches', () => {
    expect(layOutJson(document, { ...closed, query: 'zzz' })).toEqual({ rows: [], matchCount: 0 })
  })

  it('tells strings and numbers apart', () => {
    const { rows } = layOutJson({ a: 1, b: '1' }, closed)
    expect(rows.map((row) => [row.text, row.leafType])).toEqual([
      ['1', 'number'],
      ['"1"', 'string'],
    ])
  })
})

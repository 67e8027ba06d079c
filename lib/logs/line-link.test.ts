import { expect, it } from 'vitest'
import { lineLink, parseLineParameter } from './line-link.ts'

const id = 'ab'.repeat(32)
const cursor = { seconds: 1_763_942_400, nanos: 42, isStderr: true, ordinal: 3 }

it.each([
  [{ kind: 'container' } as const, null],
  [{ kind: 'project', name: 'a b' } as const, id],
])('links to a line and reads it back', (place, containerId) => {
  const url = new URL(lineLink(place, id, cursor), 'http://localhost')
  expect(url.pathname).toBe(place.kind === 'project' ? '/projects/a%20b/logs' : `/containers/${id}/logs`)
  expect(parseLineParameter(url.searchParams.get('line') ?? '')).toEqual({ containerId, cursor })
})

it.each(['', 'x', '1.2.3.4', 'zz:1763942400.000000042.1.3', `${id}:`, `${id}:1:2`])(
  '%j is no line',
  (text) => {
    expect(parseLineParameter(text)).toBeNull()
  },
)

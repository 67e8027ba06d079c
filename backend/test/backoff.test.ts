import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullJitterMs } from '../src/database/backoff.ts'

test('every wait lies between zero and a ceiling that doubles up to the limit, and fills that range', () => {
  const ceilings = [500, 1000, 2000, 4000, 8000, 10_000, 10_000]
  for (const [index, ceiling] of ceilings.entries()) {
    const waits = Array.from({ length: 2000 }, () => fullJitterMs(index + 1, 500, 10_000))
    assert.ok(waits.every((wait) => Number.isInteger(wait) && wait >= 0 && wait <= ceiling))
    // 2000 draws that all miss a quarter of the range: once in 10^249 runs.
    assert.ok(Math.min(...waits) < ceiling / 4)
    assert.ok(Math.max(...waits) > ceiling * 0.75)
  }
})

test('a very late attempt still waits no longer than the limit', () => {
  assert.ok(fullJitterMs(5000, 500, 10_000) <= 10_000)
})

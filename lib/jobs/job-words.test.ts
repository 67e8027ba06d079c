import { expect, test } from 'vitest'
import type { Job } from './job.ts'
import { jobSentence } from './job-words.ts'

const job = (change: Partial<Job>): Job => ({
  id: '1',
  kind: 'compose.up',
  project: 'shop',
  title: 'Up shop',
  command: [],
  who: 'ann',
  state: 'running',
  waitsFor: null,
  createdAtMs: 0,
  startedAtMs: 1_000,
  endedAtMs: null,
  exitCode: null,
  result: '',
  cancelledBy: '',
  ...change,
})

test.each([
  [{ state: 'waiting', startedAtMs: null }, 'waits for a free place'],
  [{ state: 'waiting', startedAtMs: null, waitsFor: '0' }, 'waits for Down shop'],
  [{}, 'running for 12 s'],
  [{ cancelledBy: 'bob' }, 'is being cancelled by bob'],
  [
    { state: 'done', endedAtMs: 13_000, result: '2 containers created' },
    'done in 12 s: 2 containers created',
  ],
  [
    { state: 'failed', endedAtMs: 13_000, result: 'port 80 is taken already' },
    'failed after 12 s: port 80 is taken already',
  ],
  [{ state: 'cancelled', endedAtMs: 13_000, result: 'cancelled by bob' }, 'cancelled by bob after 12 s'],
  [
    { state: 'interrupted', endedAtMs: 13_000, result: 'Composure ended while it ran' },
    'interrupted: Composure ended while it ran',
  ],
] as const)('%j', (change, words) => {
  expect(jobSentence(job(change), 13_000, { title: 'Down shop' })).toBe(words)
})

import { expect, test } from 'vitest'
import type { JobStep, StepState } from '#lib/jobs/job-event'
import { type BuildRecord, buildWords, readBuilds } from './build-record.ts'

const step = (service: string, label: string, state: StepState, startedAtMs?: number): JobStep => ({
  id: `${service} ${label}`,
  parentId: `build ${service}`,
  label,
  state,
  ...(startedAtMs === undefined ? {} : { startedAtMs, endedAtMs: startedAtMs + 500 }),
})

test('counts the instructions of each service, not FROM and what the builder does for itself', () => {
  expect(
    readBuilds(
      [
        step('app', '[internal] load build definition', 'done', 1000),
        step('app', '[1/3] FROM busybox', 'done', 1200),
        step('app', '[2/3] RUN a', 'cached'),
        step('app', '[build 3/3] COPY . .', 'done', 2000),
        step('app', 'exporting to image', 'done', 2600),
        step('db', '[2/2] RUN b', 'failed', 1000),
        { id: 'x', label: 'Container x', state: 'done' },
      ],
      null,
    ),
  ).toEqual([
    { service: 'app', outcome: 'done', durationMs: 2100, steps: 2, cached: 1 },
    { service: 'db', outcome: 'failed', durationMs: 500, steps: 1, cached: 0 },
  ])
})

test('a cancelled build lasts until it was cancelled, unless its image was written before', () => {
  const running: JobStep = { ...step('app', '[2/2] RUN a', 'running', 1000) }
  delete running.endedAtMs
  expect(
    readBuilds(
      [running, step('db', '[2/2] RUN b', 'done', 1000), step('db', 'exporting to image', 'done', 2000)],
      5000,
    ),
  ).toEqual([
    { service: 'app', outcome: 'cancelled', durationMs: 4000, steps: 1, cached: 0 },
    { service: 'db', outcome: 'done', durationMs: 1500, steps: 1, cached: 0 },
  ])
})

const record: BuildRecord = {
  jobId: 'j',
  endedAtMs: 0,
  service: 'app',
  outcome: 'done',
  durationMs: 12_000,
  steps: 8,
  cached: 3,
  imageId: 'sha256:b',
  sizeBytes: 84_000_000,
  before: { imageId: 'sha256:a', sizeBytes: 80_000_000, durationMs: 1 },
}

test.each([
  [{}, '12 s, 3 of 8 steps cached, 4 MB larger than the build before'],
  [{ sizeBytes: 79_000_000 }, '12 s, 3 of 8 steps cached, 1 MB smaller than the build before'],
  [{ imageId: 'sha256:a', cached: 8 }, '12 s, 8 of 8 steps cached, the same image as before'],
  [{ before: null, steps: 1, cached: 0 }, '12 s, 0 of 1 step cached'],
  [{ sizeBytes: null, imageId: '', steps: 0 }, '12 s'],
])('says %o in words', (change, words) => {
  expect(buildWords({ ...record, ...change })).toBe(words)
})

import { expect, test } from 'vitest'
import type { Job } from './job.ts'
import type { JobEvent, JobStep } from './job-event.ts'
import { JobLog } from './job-log.ts'

const ended: Job = {
  id: '1',
  kind: 'compose.up',
  project: 'shop',
  title: 'Up shop',
  command: [],
  who: 'ann',
  state: 'done',
  waitsFor: null,
  createdAtMs: 1,
  startedAtMs: 2,
  endedAtMs: 3,
  exitCode: null,
  result: '',
  cancelledBy: '',
}
let n = 0
const event = (
  rest: { kind: 'line'; text: string; stepId?: string } | { kind: 'step'; step: JobStep },
): JobEvent => {
  n += 1
  return rest.kind === 'line' ? { n, atMs: n, stream: 'stdout', ...rest } : { n, atMs: n, ...rest }
}
const step = (id: string, state: JobStep['state'], more: Partial<JobStep> = {}): JobEvent =>
  event({ kind: 'step', step: { id, label: id, state, ...more } })

test('groups the steps of a build, the layers of an image, and leaves the rest alone', () => {
  const log = new JobLog()
  log.apply({
    events: [
      step('v1', 'done', { parentId: 'build app' }),
      step('v2', 'running', { parentId: 'build app' }),
      step('app', 'done', { detail: 'built' }),
      step('db', 'running', { detail: 'pulling' }),
      step('db l1', 'running', { parentId: 'db', currentBytes: 50, totalBytes: 100 }),
      step('db l2', 'done', { parentId: 'db', currentBytes: 100, totalBytes: 100 }),
      step('Container x', 'running', { detail: 'creating' }),
    ],
  })
  expect(
    log.groups().map(({ label, state, fraction, steps }) => [label, state, fraction, steps.length]),
  ).toEqual([
    ['Build app', 'running', 0.5, 2],
    ['db', 'running', 0.75, 2],
    ['Container x', 'running', 0, 1],
  ])
  expect(log.progress()).toEqual({ done: 2, total: 5, fraction: (1 + 0.5 + 1) / 5 })
})

test('what still ran when the job ended is unfinished, and runs no more', () => {
  const log = new JobLog()
  const started = { startedAtMs: 5, detail: 'starting' }
  log.apply({ events: [step('Container x', 'running', started), step('Container y', 'done')] })
  log.apply({ job: { ...ended, state: 'interrupted', endedAtMs: 9 }, events: [] })
  expect(log.groups().map(({ state, steps: [first] }) => [state, first?.endedAtMs])).toEqual([
    ['unfinished', 9],
    ['done', undefined],
  ])
})

test('shows the stages of a build one below the other, in the order in which they began', () => {
  const of = (label: string, state: JobStep['state'], startedAtMs?: number): JobEvent =>
    event({
      kind: 'step',
      step: {
        id: label,
        label,
        state,
        parentId: 'build app',
        ...(startedAtMs === undefined ? {} : { startedAtMs }),
      },
    })
  const log = new JobLog()
  log.apply({
    events: [
      of('exporting to image', 'waiting'),
      of('[stage-1 2/3] COPY --from=base', 'waiting'),
      of('[base 2/2] RUN make', 'running', 20),
      of('[stage-1 1/3] FROM debian', 'done', 5),
      of('[stage-1 3/3] RUN x', 'waiting'),
      of('[base 1/2] FROM node', 'cached', 6),
      of('[internal] load .dockerignore', 'done', 1),
    ],
  })
  expect(log.groups()[0]?.steps.map(({ label }) => label)).toEqual([
    '[internal] load .dockerignore',
    '[base 1/2] FROM node',
    '[base 2/2] RUN make',
    '[stage-1 1/3] FROM debian',
    '[stage-1 2/3] COPY --from=base',
    '[stage-1 3/3] RUN x',
    'exporting to image',
  ])
})

test('a step is one line of the output each time it becomes something else', () => {
  const log = new JobLog()
  log.apply({
    events: [
      step('Container x', 'running', { detail: 'creating' }),
      step('Container x', 'running', { detail: 'creating', currentBytes: 5 }),
      step('Container x', 'done', { detail: 'created' }),
    ],
  })
  expect(log.lines.map(({ text }) => text)).toEqual(['Container x  creating', 'Container x  created'])
})

test('says which step failed, with its last lines, and takes nothing twice', () => {
  const log = new JobLog()
  const events = [
    step('v1', 'running', { parentId: 'build app' }),
    event({ kind: 'line', text: 'one', stepId: 'v1' }),
    event({ kind: 'line', text: 'two', stepId: 'v1' }),
    event({ kind: 'line', text: 'other' }),
    step('v1', 'failed', { parentId: 'build app', error: 'exit code: 1' }),
  ]
  log.apply({ events })
  log.apply({ events })
  expect(log.lines).toHaveLength(5)
  expect(log.failure(1)?.lines.map(({ text }) => text)).toEqual(['two'])
})

import { readFileSync, rmSync } from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import { CodedError } from '#lib/api/errors'
import type { JobEvent, JobMessage } from '#lib/jobs/job-event'
import type { Job } from '#lib/jobs/job'
import { runChild } from './child.ts'
import { followJob, followJobs } from './follow.ts'
import { cancelJob, getJob, type JobRequest, listJobs, startJob } from './jobs.ts'
import { listReachable, reachableJob } from './reach.ts'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-jobs-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const never = new AbortController().signal
const anyone = { projects: null }

afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const request = (run: JobRequest['run'], more: Partial<JobRequest> = {}): JobRequest => ({
  kind: 'test.run',
  title: 'A test',
  command: ['docker', 'version'],
  who: 'ann',
  run,
  ...more,
})

async function readAll(id: string, after = 0): Promise<{ job: Job | undefined; events: JobEvent[] }> {
  const messages: JobMessage[] = []
  for await (const message of followJob({ id, after }, { signal: never, session: anyone }))
    messages.push(message)
  return {
    job: messages.findLast(({ job }) => job)?.job,
    events: messages.flatMap(({ events }) => events),
  }
}

const shell =
  (script: string): JobRequest['run'] =>
  async (sink, signal) => {
    const { exitCode } = await runChild({
      argv: ['/bin/sh', '-c', script],
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      signal,
      deadlineMs: 60_000,
      onSpawn: sink.process,
      onLine: async (text, stream) => {
        sink.line(text, stream)
        await sink.drained()
      },
    })
    return { isFailed: exitCode !== 0, exitCode, result: `ended with ${exitCode}` }
  }

/** A killed process whose parent has not taken note of it yet is a zombie: it runs no more. */
function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${processId}/status`, 'utf8'))
  } catch {
    return false
  }
}

test('every line arrives once, in order, for who came early, late, and back again', async () => {
  const { job, ended } = startJob(
    request(shell('i=0; while [ $i -lt 5000 ]; do i=$((i+1)); echo "line $i"; done')),
  )
  const early = readAll(job.id)
  await ended
  const late = await readAll(job.id)
  expect(late.events.map(({ n }) => n)).toEqual(Array.from({ length: 5000 }, (_, index) => index + 1))
  expect(late.events.map((event) => event.kind === 'line' && event.text)).toEqual(
    Array.from({ length: 5000 }, (_, index) => `line ${index + 1}`),
  )
  expect(await early).toEqual(late)
  expect((await readAll(job.id, 4_998)).events.map(({ n }) => n)).toEqual([4_999, 5_000])
  expect(late.job).toMatchObject({ state: 'done', exitCode: 0, result: 'ended with 0', who: 'ann' })
})

test('colours and streams stay as they are', async () => {
  const { job } = startJob(request(shell(`printf '\\033[31mred\\033[0m\\n'; printf 'a\\rb\\r\\n' >&2`)))
  const { events } = await readAll(job.id)
  const lines = new Map(
    events.flatMap((event) => (event.kind === 'line' ? [[event.stream, event.text]] : [])),
  )
  expect(lines).toEqual(
    new Map([
      ['stdout', '\u001B[31mred\u001B[0m'],
      ['stderr', 'b'],
    ]),
  )
})

test('one project changes one thing at a time; the next waits, says for whom, and can be cancelled', async () => {
  const gate = Promise.withResolvers<void>()
  const first = startJob(
    request(async () => gate.promise.then(() => ({ isFailed: false, result: 'ok' })), { project: 'shop' }),
  )
  const second = startJob(request(async () => ({ isFailed: false, result: 'ok' }), { project: 'shop' }))
  const third = startJob(request(async () => ({ isFailed: false, result: 'ok' }), { project: 'shop' }))
  const other = startJob(request(async () => ({ isFailed: false, result: 'ok' }), { project: 'blog' }))
  expect((await other.ended).state).toBe('done')
  expect(getJob(second.job.id)).toMatchObject({ state: 'waiting', waitsFor: first.job.id })
  cancelJob(third.job.id, 'bob')
  expect(await third.ended).toMatchObject({ state: 'cancelled', cancelledBy: 'bob', startedAtMs: null })
  gate.resolve()
  expect((await second.ended).state).toBe('done')
  expect(listJobs({ project: 'shop', limit: 10 }).jobs.map(({ id }) => id)).toEqual([
    third.job.id,
    second.job.id,
    first.job.id,
  ])
})

test('cancelling ends the whole process group, also of programs that do not listen', async () => {
  const script = `trap '' INT TERM; sh -c "trap '' INT; while :; do sleep 0.1; done" & echo "$$ $!"; wait; while :; do sleep 0.1; done`
  const { job, ended } = startJob(request(shell(script)))
  let processIds: number[] = []
  for await (const { events } of followJob({ id: job.id, after: 0 }, { signal: never, session: anyone })) {
    const [event] = events
    if (event?.kind !== 'line') continue
    processIds = event.text.split(' ').map(Number)
    cancelJob(job.id, 'ann')
  }
  expect(await ended).toMatchObject({ state: 'cancelled', result: 'cancelled by ann' })
  expect(processIds).toHaveLength(2)
  await vi.waitFor(() => expect(processIds.filter(isAlive)).toEqual([]))
})

test('work that throws has failed, in the words of its error', async () => {
  const { job, ended } = startJob(
    request(async () => {
      throw new CodedError('compose_missing', 'There is no Compose here.', { hint: 'Install it.' })
    }),
  )
  expect(await ended).toMatchObject({ state: 'failed', result: 'There is no Compose here.' })
  const { events } = await readAll(job.id)
  expect(events).toMatchObject([{ text: 'There is no Compose here.' }, { text: 'Install it.' }])
})

test('progress is thinned out, what a step became never is', async () => {
  const { job } = startJob(
    request(async (sink) => {
      for (let bytes = 0; bytes < 1_000; bytes += 1)
        sink.step({ id: 'layer', label: 'layer', state: 'running', currentBytes: bytes, totalBytes: 1_000 })
      sink.step({ id: 'layer', label: 'layer', state: 'done' })
      return { isFailed: false, result: 'ok' }
    }),
  )
  const { events } = await readAll(job.id)
  expect(events.length).toBeLessThan(100)
  expect(events.at(-1)).toMatchObject({ kind: 'step', step: { state: 'done' } })
})

test('output without end is cut in the middle and says how much; its end is kept', async () => {
  const long = 'x'.repeat(50_000)
  const { job } = startJob(
    request(async (sink) => {
      for (let line = 1; line <= 1_300; line += 1) {
        sink.line(`${line} ${long}`)
        await sink.drained()
      }
      return { isFailed: false, result: 'ok' }
    }),
  )
  const { events } = await readAll(job.id)
  expect(events.map(({ n }) => n)).toEqual(events.map((_, index) => index + 1))
  const cut = events.find((event) => event.kind === 'cut')
  const lines = events.filter((event) => event.kind === 'line')
  expect(lines.length + (cut?.lineCount ?? 0)).toBe(1_300)
  expect(cut?.lineCount).toBeGreaterThan(0)
  expect(lines.at(-1)?.text.startsWith('1300 ')).toBe(true)
})

test('who watches the list hears of each change', async () => {
  const stop = new AbortController()
  const seen: string[] = []
  const watching = (async () => {
    for await (const { jobs } of followJobs({ signal: stop.signal, session: anyone }))
      for (const job of jobs) {
        if (job.title !== 'Watched') continue
        seen.push(job.state)
        if (job.state === 'done') stop.abort()
      }
  })()
  startJob(request(async () => ({ isFailed: false, result: 'ok' }), { title: 'Watched' }))
  await watching
  expect(seen.at(-1)).toBe('done')
})

test('people limited to projects hear of the jobs of those only', async () => {
  const limited = { projects: ['shop'] }
  const theirs = startJob(request(async () => ({ isFailed: false, result: 'ok' }), { project: 'shop' }))
  const others = startJob(request(async () => ({ isFailed: false, result: 'ok' }), { project: 'blog' }))
  const global = startJob(request(async () => ({ isFailed: false, result: 'ok' })))
  await Promise.all([theirs.ended, others.ended, global.ended])
  const ids = listReachable(limited, { limit: 200 }).jobs.map(({ project }) => project)
  expect(new Set(ids)).toEqual(new Set(['shop']))
  expect(reachableJob(limited, theirs.job.id).state).toBe('done')
  expect(() => reachableJob(limited, others.job.id)).toThrow('There is no such job.')
  expect(() => reachableJob(limited, global.job.id)).toThrow('There is no such job.')
  const stop = new AbortController()
  for await (const { jobs } of followJobs({ signal: stop.signal, session: limited })) {
    expect(jobs.every(({ project }) => project === 'shop')).toBe(true)
    stop.abort()
  }
})

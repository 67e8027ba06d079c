import { rmSync } from 'node:fs'
import Docker from 'dockerode'
import { afterAll, expect, it, vi } from 'vitest'
import type { Job } from '#lib/jobs/job'
import type { JobStep } from '#lib/jobs/job-event'
import { stepFraction } from '#lib/jobs/job-log'
import { pullImage } from '#server/engine/images/image-pull'
import { startPull } from '#server/images/pull'
import { followJob } from '#server/jobs/follow'
import { cancelJob } from '#server/jobs/jobs'
import { layerOf, type Registry, startRegistry } from '../fixtures/registry.ts'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-pull-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const docker = new Docker()
const layers = [layerOf('one', 3_000_000), layerOf('two', 400_000)]
const registries: Registry[] = []

async function registryWith(more: Partial<Parameters<typeof startRegistry>[0]>): Promise<Registry> {
  const registry = await startRegistry({ repository: 'resources/pull', tag: '1', layers, ...more })
  registries.push(registry)
  return registry
}

async function hasImage(reference: string): Promise<boolean> {
  return docker
    .getImage(reference)
    .inspect()
    .then(
      () => true,
      () => false,
    )
}

/** Every step a job tells of until it has ended; `onStep` hears of each as it comes. */
async function stepsOf({ id }: Job, onStep: (step: JobStep) => void = () => undefined): Promise<JobStep[]> {
  const steps: JobStep[] = []
  const watcher = { signal: new AbortController().signal, session: { projects: null } }
  for await (const { events } of followJob({ id, after: 0 }, watcher))
    for (const event of events) {
      if (event.kind !== 'step') continue
      steps.push(event.step)
      onStep(event.step)
    }
  return steps
}

afterAll(async () => {
  for (const { host } of registries)
    await docker
      .getImage(`${host}/resources/pull:1`)
      .remove({ force: true })
      .catch(() => undefined)
  await Promise.all(registries.map((registry) => registry.close()))
  rmSync(dataDir, { recursive: true, force: true })
})

it('tells two watchers the same of each layer, never backwards, and ends with the image here; then with nothing new', async () => {
  const { host } = await registryWith({ pauseMs: 5 })
  const reference = `${host}/resources/pull:1`
  const { job, ended } = startPull(reference, 'ann')
  expect(job).toMatchObject({ who: 'ann', command: ['docker', 'pull', reference] })
  const [steps, others] = await Promise.all([stepsOf(job), stepsOf(job)])
  expect(others).toEqual(steps)
  const ids = new Set(steps.map(({ id }) => id))
  expect(ids.size).toBe(2)
  for (const id of ids) {
    const own = steps.filter((step) => step.id === id)
    const fractions = own.map((step) => stepFraction(step) ?? 0)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(own.at(-1)).toMatchObject({ state: 'done', parentId: reference })
  }
  const isOnTheWay = ({ currentBytes = 0, totalBytes = 0 }: JobStep): boolean =>
    currentBytes > 0 && currentBytes < totalBytes
  expect(steps.some(isOnTheWay)).toBe(true)
  expect(await ended).toMatchObject({
    state: 'done',
    result: expect.stringMatching(/^2 layers, .* fetched$/),
  })
  expect(await hasImage(reference)).toBe(true)
  const again = await startPull(reference, 'ann').ended
  expect(again).toMatchObject({ state: 'done', result: expect.stringContaining('nothing new') })
})

it('stops in the Engine too when it is cancelled', async () => {
  const registry = await registryWith({ pauseMs: 200, layers: [layerOf('cancelled', 3_000_000)] })
  const reference = `${registry.host}/resources/pull:1`
  const { job, ended } = startPull(reference, 'ann')
  await stepsOf(job, ({ currentBytes = 0 }) => {
    if (currentBytes > 0) cancelJob(job.id, 'bob')
  })
  expect(await ended).toMatchObject({ state: 'cancelled', result: 'cancelled by bob' })
  await expect.poll(() => registry.cutOff(), { timeout: 20_000 }).toBeGreaterThan(0)
  expect(await hasImage(reference)).toBe(false)
})

it('goes on with nothing but its job: one pull of a reference at a time', async () => {
  const { host } = await registryWith({ pauseMs: 20 })
  const reference = `${host}/resources/pull:1`
  const first = startPull(reference, 'ann')
  const second = startPull(reference, 'bob')
  expect(second.job).toMatchObject({ state: 'waiting', waitsFor: first.job.id })
  expect([(await first.ended).state, (await second.ended).result]).toEqual([
    'done',
    expect.stringContaining('nothing new'),
  ])
})

const pull = (reference: string): Promise<unknown> =>
  pullImage(reference, { signal: new AbortController().signal, onLayer: () => undefined })

it('says why when no registry is there, also as the result of its job', async () => {
  const reference = '127.0.0.1:1/resources/pull:1'
  await expect(pull(reference)).rejects.toMatchObject({
    code: 'registry_unreachable',
    message: expect.stringContaining('127.0.0.1:1'),
    hint: expect.stringContaining('connection refused'),
  })
  expect(await startPull(reference, 'ann').ended).toMatchObject({
    state: 'failed',
    result: 'The registry 127.0.0.1:1 cannot be reached.',
  })
})

it('says why when the tag does not exist', async () => {
  const { host } = await registryWith({})
  await expect(pull(`${host}/resources/pull:nope`)).rejects.toMatchObject({
    code: 'image_not_found',
    hint: expect.stringContaining('tag'),
  })
})

it('says why when the registry wants a sign-in', async () => {
  const { host } = await registryWith({ wantsSignIn: true })
  await expect(pull(`${host}/resources/pull:1`)).rejects.toMatchObject({
    code: 'image_not_found',
    hint: expect.stringContaining('docker login'),
  })
})

it('says why when it is no reference at all', async () => {
  await expect(pull('--privileged')).rejects.toMatchObject({ code: 'bad_request' })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '#lib/api/errors'
import { actOnContainer, removeContainer, renameContainer } from '#server/engine/containers/container-actions'
import {
  firstSnapshot,
  refreshContainer,
  stopLiveModel,
  waitForContainer,
} from '#server/engine/model/live-model'
import { actOnProject } from '#server/engine/project-actions'
import { processWide } from '#server/process-wide'
import { composeLabels, createContainer, docker, prefix, removeFixtures, runContainer } from './fixtures.ts'

// Decided before anything asks: this run is not in a container, whatever the machine it runs on.
const itself = processWide('engine.itself', () => ({ id: null as string | null }))

beforeAll(() => firstSnapshot(10_000))
afterAll(async () => {
  itself.id = null
  await removeFixtures()
  await stopLiveModel()
})

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: unknown) => errorCode(error),
  )

describe('container actions', () => {
  it('does each verb, and the Engine agrees', async () => {
    const { id } = await createContainer('verbs')
    const state = async () => (await docker.getContainer(id).inspect()).State.Status
    expect(await actOnContainer(id, 'start')).toMatchObject({ state: 'running' })
    expect(await state()).toBe('running')
    expect(await actOnContainer(id, 'pause')).toMatchObject({ state: 'paused' })
    expect(await state()).toBe('paused')
    expect(await actOnContainer(id, 'unpause')).toMatchObject({ state: 'running' })
    const before = await docker.getContainer(id).inspect()
    await actOnContainer(id, 'restart', { timeoutSeconds: 1 })
    expect((await docker.getContainer(id).inspect()).State.StartedAt).not.toBe(before.State.StartedAt)
    expect(await actOnContainer(id, 'stop', { timeoutSeconds: 1 })).toMatchObject({ state: 'exited' })
    expect(await state()).toBe('exited')
    await actOnContainer(id, 'start')
    expect(await actOnContainer(id, 'kill')).toMatchObject({ state: 'exited', exitCode: 137 })
  })

  it('takes what already is so for done', async () => {
    const { id } = await runContainer('twice')
    expect(await actOnContainer(id, 'start')).toMatchObject({ state: 'running' })
    await actOnContainer(id, 'stop', { timeoutSeconds: 1 })
    expect(await actOnContainer(id, 'stop')).toMatchObject({ state: 'exited' })
  })

  it('says in words what cannot be', async () => {
    const { id } = await createContainer('refused')
    expect(await codeOf(actOnContainer(id, 'pause'))).toBe('not_running')
    expect(await codeOf(actOnContainer(id, 'kill'))).toBe('not_running')
    expect(await codeOf(actOnContainer('0'.repeat(64), 'stop'))).toBe('container_not_found')
    const broken = await createContainer('broken', { Cmd: ['/no/such/program'], HostConfig: { Init: false } })
    await expect(actOnContainer(broken.id, 'start')).rejects.toThrow('is not in its image')
  })

  it('renames and removes', async () => {
    const { id } = await runContainer('first')
    await runContainer('second')
    expect(await codeOf(renameContainer(id, `${prefix}-second`))).toBe('name_taken')
    expect(await renameContainer(id, `${prefix}-third`)).toMatchObject({ name: `${prefix}-third` })
    expect(await codeOf(removeContainer(id))).toBe('conflict')
    await removeContainer(id, { isForced: true })
    expect(await codeOf(removeContainer(id))).toBe('container_not_found')
  })

  it('answers null when a container of --rm is gone with its end', async () => {
    const { id } = await runContainer('rm', { HostConfig: { AutoRemove: true } })
    const after = await actOnContainer(id, 'kill')
    expect(after === null || after.state === 'removing' || after.state === 'exited').toBe(true)
    expect(await waitForContainer(id, () => false, 10_000)).toBeNull()
  })

  it('does not stop the container it runs in without a second yes', async () => {
    const { id } = await runContainer('itself')
    await refreshContainer(id)
    itself.id = id.slice(0, 12)
    for (const action of ['stop', 'restart', 'pause', 'kill'] as const)
      expect(await codeOf(actOnContainer(id, action))).toBe('is_itself')
    expect(await codeOf(removeContainer(id, { isForced: true }))).toBe('is_itself')
    expect((await docker.getContainer(id).inspect()).State.Status).toBe('running')
    expect(await actOnContainer(id, 'kill', { isItself: true })).toMatchObject({ state: 'exited' })
    itself.id = null
  })
})

describe('project actions', () => {
  it('starts in the order of depends_on, waiting for health, and stops in reverse', async () => {
    const project = `${prefix}-shop`
    const health = { Test: ['CMD-SHELL', '[ -e /ready ]'], Interval: 200_000_000, Retries: 100 }
    const db = await createContainer('shop-db', {
      Labels: composeLabels(project, 'db'),
      Cmd: ['sh', '-c', 'sleep 1; touch /ready; exec sleep 600'],
      Healthcheck: health,
    })
    const app = await createContainer('shop-app', {
      Labels: composeLabels(project, 'app', 'db:service_healthy:false'),
    })
    for (const { id } of [db, app]) await refreshContainer(id)
    const started = await actOnProject(project, 'start', { isItself: false })
    expect(started.results).toEqual([
      { containerId: db.id, name: `${prefix}-shop-db`, outcome: 'done' },
      { containerId: app.id, name: `${prefix}-shop-app`, outcome: 'done' },
    ])
    const [dbState, appState] = [(await db.inspect()).State, (await app.inspect()).State]
    const firstProbe = dbState.Health?.Log.find(({ ExitCode }) => ExitCode === 0)
    expect(dbState.Health?.Status).toBe('healthy')
    expect(Date.parse(appState.StartedAt)).toBeGreaterThan(Date.parse(firstProbe?.End ?? dbState.StartedAt))
    const stopped = await actOnProject(project, 'stop', { isItself: false })
    expect(stopped.results.map(({ name }) => name)).toEqual([`${prefix}-shop-app`, `${prefix}-shop-db`])
    expect(
      (await actOnProject(project, 'stop', { isItself: false })).results.map(({ outcome }) => outcome),
    ).toEqual(['unchanged', 'unchanged'])
  })
})

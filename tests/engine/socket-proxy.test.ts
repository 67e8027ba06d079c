import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EngineStatus } from '#lib/docker/engine'
import type { ExecOpened } from '#lib/docker/exec'
import type { Job, JobPage } from '#lib/jobs/job'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { type FilteringProxy, startFilteringProxy } from '../fixtures/filtering-proxy.ts'
import { Shell } from '../faults/shell.ts'
import { makeStack } from '../fixtures/compose-stack.ts'
import { docker, removeFixtures, runContainer } from './fixtures.ts'
import { addPerson, codeOf, type Person, send } from './front-client.ts'

// A real proxy process over the real socket, with the fewest switches for what a person wants to use.
let container = ''
let proxy: FilteringProxy
let server: ServerProcess
let admin: Person

beforeAll(async () => {
  container = (await runContainer('behind-proxy', { Cmd: ['sh', '-c', 'echo through; sleep 600'] })).id
})
afterAll(removeFixtures)
afterEach(async () => {
  await server.stop()
  await proxy.stop()
})

async function startBehind(...allowed: string[]): Promise<void> {
  proxy = await startFilteringProxy(allowed)
  server = await startServer({ DOCKER_HOST: proxy.address })
  admin = addPerson(server, 'admin')
}

const engine = async () =>
  (await send<{ engine: EngineStatus }>(server, admin, 'GET', '/api/engine')).body.engine

describe('reading containers and their logs', () => {
  test('needs PING, EVENTS and CONTAINERS; what is kept back is named, and what is refused says by which switch', async () => {
    await startBehind('PING', 'EVENTS', 'CONTAINERS')
    await expect.poll(engine, { timeout: 10_000 }).toMatchObject({
      state: 'connected',
      missing: ['IMAGES', 'INFO', 'NETWORKS', 'VOLUMES'],
    })
    expect((await send(server, admin, 'GET', `/api/containers/${container}`)).status).toBe(200)
    const tail = await send(server, admin, 'GET', `/api/containers/${container}/logs/download?tail=all`)
    expect(tail.text).toContain('through')

    const stop = await send<{ error: { message: string; hint: string } }>(
      server,
      admin,
      'POST',
      `/api/containers/${container}/actions/stop`,
      {},
    )
    expect([stop.status, codeOf(stop)]).toEqual([502, 'permission_missing'])
    expect(stop.body.error.message).toContain(`POST /containers/${container}/stop`)
    expect(stop.body.error.hint).toContain('CONTAINERS=1 and POST=1')
    expect((await docker.getContainer(container).inspect()).State.Running).toBe(true)

    const shell = await send<{ error: { hint: string } }>(
      server,
      admin,
      'POST',
      `/api/containers/${container}/exec`,
      { cols: 80, rows: 24 },
    )
    expect(codeOf(shell)).toBe('permission_missing')
    expect(shell.body.error.hint).toContain('EXEC=1')
    expect(server.output()).toContain('keeps back some lists')
  })
})

test('without EVENTS there is no dashboard, and it says so', async () => {
  await startBehind('PING', 'CONTAINERS')
  await expect
    .poll(engine, { timeout: 10_000 })
    .toMatchObject({ state: 'away', problem: 'permission_missing' })
  expect((await send(server, admin, 'GET', '/')).status).toBe(200)
})

test('acting needs POST, images IMAGES: with them nothing is missing', async () => {
  await startBehind('PING', 'EVENTS', 'CONTAINERS', 'POST', 'IMAGES', 'NETWORKS', 'VOLUMES', 'INFO')
  await expect.poll(engine, { timeout: 10_000 }).toMatchObject({ state: 'connected' })
  expect(await engine()).not.toHaveProperty('missing')
  const act = (action: string) =>
    send(server, admin, 'POST', `/api/containers/${container}/actions/${action}`, { timeoutSeconds: 0 })
  expect((await act('restart')).status).toBe(200)
  expect((await send<unknown[]>(server, admin, 'GET', '/api/images')).body.length).toBeGreaterThan(0)
  expect(proxy.refused.filter((line) => !line.includes('/exec'))).toEqual([])
})

test('a shell needs EXEC and POST beside CONTAINERS, and nothing else', async () => {
  await startBehind('PING', 'EVENTS', 'CONTAINERS', 'EXEC', 'POST')
  await expect.poll(engine, { timeout: 10_000 }).toMatchObject({ state: 'connected' })
  const opened = await send<ExecOpened>(server, admin, 'POST', `/api/containers/${container}/exec`, {
    cols: 80,
    rows: 24,
  })
  expect(opened.status).toBe(201)
  const shell = await Shell.open({ ...server, person: admin }, opened.body)
  shell.type('echo $((40+2))\n')
  await shell.shows('42')
  shell.type('exit\n')
  expect((await shell.ended()).reason).toBe('exited')
  expect(proxy.refused.filter((line) => /exec/.test(line))).toEqual([])
})

describe('Compose through the proxy', () => {
  const made = makeStack({
    'compose.yaml':
      'services:\n  web: { image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s, volumes: [data:/data] }\nvolumes: { data: {} }\n',
  })
  beforeAll(() => made.compose('up', '-d'))
  afterAll(() => made.remove())

  /** The job of one press, when it is over. */
  async function run(action: string): Promise<Job> {
    const started = await send<Job>(
      server,
      admin,
      'POST',
      `/api/projects/${made.project}/compose/${action}`,
      {},
    )
    expect(started.text).toContain('"id"')
    const read = async () =>
      (await send<JobPage>(server, admin, 'GET', '/api/jobs')).body.jobs.find(
        ({ id }) => id === started.body.id,
      )
    await expect.poll(async () => (await read())?.endedAtMs ?? null, { timeout: 40_000 }).not.toBeNull()
    const job = await read()
    if (!job) throw new Error('the job is gone')
    return job
  }

  const running = async () =>
    (await docker.listContainers({ filters: { label: [`com.docker.compose.project=${made.project}`] } }))
      .length

  test('up and down need the lists they change and POST', async () => {
    await startBehind('PING', 'EVENTS', 'CONTAINERS', 'IMAGES', 'NETWORKS', 'VOLUMES', 'POST')
    await expect.poll(engine, { timeout: 10_000 }).toMatchObject({ state: 'connected' })
    await expect.poll(running).toBe(1)
    expect(await run('down')).toMatchObject({ state: 'done' })
    expect(await running()).toBe(0)
    made.compose('create')
    expect(await run('up')).toMatchObject({ state: 'done' })
    expect(await running()).toBe(1)
    // The name and version of the Engine are all it did without.
    expect(proxy.refused.filter((line) => !/\/(?:info|version)$/.test(line))).toEqual([])
  })

  test('what it lacks is named with its switch', async () => {
    await startBehind('PING', 'EVENTS', 'CONTAINERS', 'IMAGES', 'VOLUMES', 'POST')
    made.compose('up', '-d')
    await expect.poll(engine, { timeout: 10_000 }).toMatchObject({ missing: ['INFO', 'NETWORKS'] })
    const down = await run('down')
    expect(down.state).toBe('failed')
    expect(down.result).toBe('the socket proxy refuses it: it needs NETWORKS=1 (failed to list networks)')
  })
})

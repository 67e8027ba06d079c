import { afterAll, expect, it } from 'vitest'
import type { EnginePatch, EngineSnapshot } from '#lib/docker/engine'
import { firstSnapshot, modelContainer, stopLiveModel, watchState } from '#server/engine/model/live-model'
import { composeLabels, docker, prefix, removeFixtures, runContainer } from './fixtures.ts'

afterAll(async () => {
  await removeFixtures()
  await stopLiveModel()
})

/** The model as a viewer rebuilds it from messages alone; throws when a patch does not fit. */
async function followUntil(isEnough: (state: EngineSnapshot) => boolean): Promise<EngineSnapshot> {
  const signal = AbortSignal.timeout(20_000)
  let state: EngineSnapshot | null = null
  for await (const message of watchState({ signal })) {
    state = 'since' in message ? applied(state, message) : message
    if (isEnough(state)) return state
  }
  throw new Error('the model never came to be as expected')
}

function applied(state: EngineSnapshot | null, patch: EnginePatch): EngineSnapshot {
  if (state?.version !== patch.since) throw new Error(`a patch since ${patch.since} on ${state?.version}`)
  const containers = new Map(state.containers.map((each) => [each.id, each]))
  for (const each of patch.containers?.changed ?? []) containers.set(each.id, each)
  for (const id of patch.containers?.removed ?? []) containers.delete(id)
  const volumes = new Map(state.volumes.map((each) => [each.name, each]))
  for (const each of patch.volumes?.changed ?? []) volumes.set(each.name, each)
  for (const name of patch.volumes?.removed ?? []) volumes.delete(name)
  const networks = new Map(state.networks.map((each) => [each.id, each]))
  for (const each of patch.networks?.changed ?? []) networks.set(each.id, each)
  for (const id of patch.networks?.removed ?? []) networks.delete(id)
  return {
    ...state,
    version: patch.version,
    engine: patch.engine ?? state.engine,
    containers: [...containers.values()],
    volumes: [...volumes.values()],
    networks: [...networks.values()],
  }
}

it('knows the Engine and its objects', async () => {
  const model = await firstSnapshot(10_000)
  expect(model.engine).toMatchObject({ state: 'connected' })
  expect(model.networks.map(({ name }) => name)).toEqual(expect.arrayContaining(['bridge', 'host', 'none']))
  expect(model.images.flatMap(({ tags }) => tags)).toContain('busybox:latest')
})

it('follows a container from its start to its end by events', async () => {
  const container = await runContainer('followed', { Labels: composeLabels(prefix, 'web') })
  const find = (state: EngineSnapshot) => state.containers.find(({ id }) => id === container.id)
  const running = await followUntil((state) => find(state)?.state === 'running')
  expect(find(running)).toMatchObject({
    isInspected: true,
    exitCode: null,
    compose: { project: prefix, service: 'web', number: 1 },
  })
  await container.rename({ name: `${prefix}-renamed` })
  await followUntil((state) => find(state)?.name === `${prefix}-renamed`)
  await container.pause()
  await followUntil((state) => find(state)?.state === 'paused')
  await container.unpause()
  await followUntil((state) => find(state)?.state === 'running')
  await container.kill()
  const ended = await followUntil((state) => find(state)?.state === 'exited')
  expect(find(ended)).toMatchObject({ exitCode: 137, isOutOfMemory: false })
  await container.remove()
  await followUntil((state) => find(state) === undefined)
})

it('follows health, volumes and networks', async () => {
  const test = 'if [ -e /bad ]; then exit 1; fi'
  const container = await runContainer('health', {
    Healthcheck: { Test: ['CMD-SHELL', test], Interval: 200_000_000, Retries: 1, Timeout: 5_000_000_000 },
  })
  await followUntil((state) => state.containers.find(({ id }) => id === container.id)?.health === 'healthy')
  const exec = await container.exec({ Cmd: ['touch', '/bad'] })
  await exec.start({ Detach: true })
  await followUntil((state) => state.containers.find(({ id }) => id === container.id)?.health === 'unhealthy')

  const volume = `${prefix}-volume`
  await docker.createVolume({ Name: volume })
  await followUntil((state) => state.volumes.some(({ name }) => name === volume))
  await docker.getVolume(volume).remove()
  await followUntil((state) => !state.volumes.some(({ name }) => name === volume))

  const network = await docker.createNetwork({ Name: `${prefix}-network`, Internal: true })
  await followUntil((state) => state.networks.some(({ id }) => id === network.id))
  await network.remove()
  await followUntil((state) => !state.networks.some(({ id }) => id === network.id))
})

it('takes names and labels as they are', async () => {
  const nasty = '<img src=x onerror=alert(1)>\u202e"; rm -rf /'
  const labels = composeLabels('__proto__', 'constructor')
  const container = await runContainer('nasty', { Labels: { ...labels, nasty, __proto__x: 'x' } })
  await followUntil((state) =>
    state.containers.some(({ id, isInspected }) => id === container.id && isInspected),
  )
  const found = modelContainer(container.id)
  expect(found?.compose).toMatchObject({ project: '__proto__', service: 'constructor' })
})

it('keeps no ghost of containers that come and go in a burst', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `burst-${index}`)
  const made = await Promise.all(names.map((name) => runContainer(name, { Cmd: ['true'] })))
  await Promise.all(made.map((container) => container.remove({ force: true })))
  const gone = new Set(made.map(({ id }) => id))
  const last = await runContainer('after-burst')
  await followUntil((state) => state.containers.some(({ id, isInspected }) => id === last.id && isInspected))
  await followUntil((state) => !state.containers.some(({ id }) => gone.has(id)))
})

it('merges what a slow viewer missed into one patch', async () => {
  const signal = AbortSignal.timeout(20_000)
  const viewer = watchState({ signal })
  const first = await viewer.next()
  const container = await runContainer('merged')
  await followUntil((state) =>
    state.containers.some(({ id, state: now }) => id === container.id && now === 'running'),
  )
  await container.kill()
  await followUntil((state) =>
    state.containers.some(({ id, state: now }) => id === container.id && now === 'exited'),
  )
  const second = await viewer.next()
  await viewer.return(undefined)
  const patch = second.value as EnginePatch
  expect(patch.since).toBe((first.value as EngineSnapshot).version)
  expect(patch.containers?.changed.find(({ id }) => id === container.id)).toMatchObject({ state: 'exited' })
})

import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { applyPullMessage, noProgress, type PullMessage, pullTotals } from '#lib/images/pull-progress'
import { startPull } from '#server/engine/image-pull'
import { layerOf, type Registry, startRegistry } from '../fixtures/registry.ts'

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

const never = new AbortController().signal

afterAll(async () => {
  for (const { host } of registries)
    await docker
      .getImage(`${host}/resources/pull:1`)
      .remove({ force: true })
      .catch(() => undefined)
  await Promise.all(registries.map((registry) => registry.close()))
})

describe('a pull that works', () => {
  const messages: PullMessage[] = []
  let reference = ''
  beforeAll(async () => {
    const { host } = await registryWith({ pauseMs: 5 })
    reference = `${host}/resources/pull:1`
    for await (const message of await startPull(reference, { signal: never })) messages.push(message)
  })

  it('tells of each layer and ends with the image here', async () => {
    const progress = messages.reduce(applyPullMessage, noProgress)
    expect(progress.layers).toHaveLength(2)
    expect(progress.layers.every(({ state }) => state === 'done')).toBe(true)
    expect(progress.end).toMatchObject({
      kind: 'end',
      isNew: true,
      digest: expect.stringMatching(/^sha256:/),
    })
    expect(await hasImage(reference)).toBe(true)
  })

  it('shows bytes on the way, and a total that never falls', () => {
    let progress = noProgress
    const totals = messages.map((message) => {
      progress = applyPullMessage(progress, message)
      return pullTotals(progress)
    })
    expect(totals.some(({ downloadedBytes }) => downloadedBytes > 0 && downloadedBytes < 3_000_000)).toBe(
      true,
    )
    const bytes = totals.map(({ downloadedBytes }) => downloadedBytes)
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b))
  })

  it('says so when there is nothing new', async () => {
    const again: PullMessage[] = []
    for await (const message of await startPull(reference, { signal: never })) again.push(message)
    expect(again.at(-1)).toMatchObject({ kind: 'end', isNew: false })
  })
})

it('stops in the Engine too when it is cancelled', async () => {
  const registry = await registryWith({ pauseMs: 200, layers: [layerOf('cancelled', 3_000_000)] })
  const reference = `${registry.host}/resources/pull:1`
  const cancel = new AbortController()
  const seen: PullMessage[] = []
  for await (const message of await startPull(reference, { signal: cancel.signal })) {
    seen.push(message)
    const isMoving = message.kind === 'layers' && message.layers.some(({ currentBytes }) => currentBytes > 0)
    if (isMoving) cancel.abort()
  }
  expect(seen.some(({ kind }) => kind === 'end')).toBe(false)
  await expect.poll(() => registry.cutOff(), { timeout: 20_000 }).toBeGreaterThan(0)
  expect(await hasImage(reference)).toBe(false)
})

describe('a pull that cannot work says why', () => {
  it('when no registry is there', async () => {
    await expect(startPull('127.0.0.1:1/resources/pull:1', { signal: never })).rejects.toMatchObject({
      code: 'registry_unreachable',
      message: expect.stringContaining('127.0.0.1:1'),
      hint: expect.stringContaining('connection refused'),
    })
  })
  it('when the tag does not exist', async () => {
    const { host } = await registryWith({})
    await expect(startPull(`${host}/resources/pull:nope`, { signal: never })).rejects.toMatchObject({
      code: 'image_not_found',
      hint: expect.stringContaining('tag'),
    })
  })
  it('when it wants a sign-in', async () => {
    const { host } = await registryWith({ wantsSignIn: true })
    await expect(startPull(`${host}/resources/pull:1`, { signal: never })).rejects.toMatchObject({
      code: 'image_not_found',
      hint: expect.stringContaining('docker login'),
    })
  })
  it('when it is no reference at all', async () => {
    await expect(startPull('--privileged', { signal: never })).rejects.toMatchObject({ code: 'bad_request' })
  })
})

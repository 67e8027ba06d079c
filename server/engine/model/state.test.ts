import { describe, expect, it } from 'vitest'
import type { EnginePatch } from '#lib/docker/engine'
import type { Volume } from '#lib/docker/volumes/volume'
import { EngineModel } from './state.ts'

const volume = (name: string, driver = 'local'): Volume => ({
  name,
  driver,
  mountpoint: '/',
  scope: 'local',
  createdAtMs: null,
  compose: null,
  isAnonymous: false,
})

describe('EngineModel', () => {
  it('grows its version only when something really changed', () => {
    const model = new EngineModel()
    model.apply({ volumes: { set: [volume('a')] } })
    const { version } = model.snapshot()
    model.apply({ volumes: { set: [volume('a')], remove: ['nobody'] } })
    expect(model.snapshot().version).toBe(version)
    expect(model.snapshot()).toBe(model.snapshot())
  })

  it('gives a snapshot, then each change once, also for names like __proto__', async () => {
    const model = new EngineModel()
    const stop = new AbortController()
    const viewer = model.watch({ signal: stop.signal })
    expect((await viewer.next()).value).toMatchObject({ volumes: [] })
    model.apply({ volumes: { set: [volume('__proto__')] } })
    expect((await viewer.next()).value).toEqual({
      since: 1,
      version: 2,
      volumes: { changed: [volume('__proto__')], removed: [] },
    })
    const waiting = viewer.next()
    stop.abort()
    expect(await waiting).toEqual({ done: true, value: undefined })
    expect(model.watcherCount).toBe(0)
  })

  it('merges what waits for a slow viewer: the last word on each object', async () => {
    const model = new EngineModel()
    const viewer = model.watch({ signal: AbortSignal.timeout(5_000) })
    await viewer.next()
    model.apply({ volumes: { set: [volume('a'), volume('b')] } })
    model.apply({ volumes: { set: [volume('a', 'nfs')], remove: ['b'] } })
    const patch = (await viewer.next()).value as EnginePatch
    expect(patch).toEqual({
      since: 1,
      version: 3,
      volumes: { changed: [volume('a', 'nfs')], removed: ['b'] },
    })
  })

  it('sends a fresh snapshot when too much waits', async () => {
    const model = new EngineModel()
    const viewer = model.watch({ signal: AbortSignal.timeout(5_000) })
    await viewer.next()
    for (let index = 0; index < 3_000; index += 1) {
      model.apply({ volumes: { set: [volume(`v${index}`)] } })
      model.apply({ volumes: { remove: [`v${index}`] } })
    }
    expect((await viewer.next()).value).toMatchObject({ version: 6_001, volumes: [] })
  })
})

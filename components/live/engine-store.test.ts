import { describe, expect, it, vi } from 'vitest'
import type { Network } from '#lib/docker/networks/network'
import { emptySnapshot, EngineStore } from './engine-store.ts'

const network = (id: string, name = id): Network => ({
  id,
  name,
  driver: 'bridge',
  scope: 'local',
  isInternal: false,
  isAttachable: false,
  isIpv6: false,
  subnets: [],
  createdAtMs: 0,
  compose: null,
  isBuiltIn: false,
})
const snapshot = { ...emptySnapshot, version: 5, networks: [network('a'), network('b')] }

describe('EngineStore', () => {
  it('applies a patch: changed in place, new at the end, removed gone, the rest the same object', () => {
    const store = new EngineStore(snapshot)
    const kept = store.snapshot().networks[1]
    const changed = { changed: [network('a', 'renamed'), network('c')], removed: [] }
    expect(store.apply({ since: 5, version: 7, networks: changed })).toBe(true)
    expect(store.snapshot().networks.map(({ name }) => name)).toEqual(['renamed', 'b', 'c'])
    expect(store.snapshot().networks[1]).toBe(kept)
    store.apply({ since: 7, version: 8, networks: { changed: [], removed: ['a'] } })
    expect(store.snapshot().networks.map(({ id }) => id)).toEqual(['b', 'c'])
  })

  it('refuses a patch after a gap, and lets one that is already known pass', () => {
    const store = new EngineStore(snapshot)
    expect(store.apply({ since: 6, version: 7 })).toBe(false)
    expect(store.apply({ since: 3, version: 5 })).toBe(true)
    expect(store.snapshot().version).toBe(5)
  })

  it('keeps the identity of what did not change across snapshots', () => {
    const store = new EngineStore(snapshot)
    const before = store.snapshot()
    store.apply({ ...snapshot, version: 9, networks: [network('a'), network('b')] })
    expect(store.snapshot().networks).toBe(before.networks)
  })

  it('is loaded only after a snapshot, and tells its listeners', () => {
    const store = new EngineStore(null)
    const listener = vi.fn()
    store.subscribe(listener)
    expect(store.isLoaded()).toBe(false)
    store.apply(snapshot)
    expect(store.isLoaded()).toBe(true)
    expect(listener).toHaveBeenCalledOnce()
  })
})

import { describe, expect, it } from 'vitest'
import type { Image } from './images/image.ts'
import { imageRows, imageRules } from './images/image-list.ts'
import type { Network } from './networks/network.ts'
import { networkRows, networkRules } from './networks/network-list.ts'
import { viewList } from './resource-list.ts'
import type { Volume } from './volumes/volume.ts'
import { volumeRows, volumeRules } from './volumes/volume-list.ts'

const all = { query: '', filter: null, isDescending: false } as const

function network(name: string, more: Partial<Network> = {}): Network {
  return {
    id: `${name}-id`,
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
    ...more,
  }
}
function volume(name: string, isAnonymous = false): Volume {
  return {
    name,
    driver: 'local',
    mountpoint: '',
    scope: 'local',
    createdAtMs: null,
    compose: null,
    isAnonymous,
  }
}
function image(id: string, tags: string[], sizeBytes: number): Image {
  return { id, tags, digests: [], sizeBytes, createdAtMs: 0, isDangling: tags.length === 0 }
}

describe('viewList', () => {
  const rows = networkRows(
    [
      network('shop10', { compose: { project: 'shop', network: 'default' } }),
      network('shop2', { subnets: [{ subnet: '10.1.0.0/24', gateway: '' }] }),
      network('bridge', { isBuiltIn: true }),
    ],
    [],
  )
  const names = (view: Parameters<typeof viewList<(typeof rows)[number], 'name' | 'project', 'unused'>>[1]) =>
    viewList(rows, view, networkRules).map((row) => row.network.name)

  it('sorts names as people count, both ways', () => {
    expect(names({ ...all, sort: 'name' })).toEqual(['bridge', 'shop2', 'shop10'])
    expect(names({ ...all, sort: 'name', isDescending: true })).toEqual(['shop10', 'shop2', 'bridge'])
  })
  it('leaves what has no value at the end, both ways', () => {
    expect(names({ ...all, sort: 'project' })[0]).toBe('shop10')
    expect(names({ ...all, sort: 'project', isDescending: true })[0]).toBe('shop10')
  })
  it('finds every word of the query, in any field', () => {
    expect(names({ ...all, sort: 'name', query: 'SHOP 10.1.0' })).toEqual(['shop2'])
    expect(names({ ...all, sort: 'name', query: 'shop nothing' })).toEqual([])
  })
  it('never calls what belongs to the Engine unused', () => {
    expect(names({ ...all, sort: 'name', filter: 'unused' })).toEqual(['shop2', 'shop10'])
  })
})

it('puts volumes without a name after those with one', () => {
  const rows = volumeRows([volume('0'.repeat(64), true), volume('data')], [], null)
  expect(viewList(rows, { ...all, sort: 'name' }, volumeRules).map((row) => row.volume.name)[0]).toBe('data')
})

it('knows what an image alone weighs once it was measured', () => {
  const images = [image('sha256:a', ['a:1'], 100), image('sha256:b', [], 50)]
  expect(imageRows(images, [], null).map((row) => row.uniqueBytes)).toEqual([null, null])
  const usage = {
    measuredAtMs: 0,
    layersBytes: 120,
    volumes: [],
    images: [
      { id: 'sha256:a', sizeBytes: 100, sharedBytes: 30 },
      { id: 'sha256:b', sizeBytes: 50, sharedBytes: null },
    ],
  }
  const rows = imageRows(images, [], usage)
  expect(rows.map((row) => row.uniqueBytes)).toEqual([70, null])
  expect(viewList(rows, { ...all, sort: 'name', filter: 'dangling' }, imageRules)).toHaveLength(1)
})

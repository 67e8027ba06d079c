import { describe, expect, test } from 'vitest'
import type { EngineSnapshot } from '../engine.ts'
import { differences, limitToProjects } from './limit.ts'

const thing = (id: string, project: string | null, extra = {}) => ({
  id,
  name: id,
  compose: project === null ? null : { project },
  ...extra,
})

// Only the fields the functions look at.
const model = (
  lists: Partial<Record<'containers' | 'networks' | 'volumes' | 'images', unknown[]>>,
  version = 1,
) =>
  ({
    version,
    engine: { state: 'connecting' },
    containers: [],
    networks: [],
    volumes: [],
    images: [],
    ...lists,
  }) as unknown as EngineSnapshot

describe('limitToProjects', () => {
  const whole = model({
    containers: [
      thing('a', 'shop', { imageId: 'sha256:1' }),
      thing('b', 'bank', { imageId: 'sha256:2' }),
      thing('c', null, { imageId: 'sha256:3' }),
    ],
    networks: [thing('n', 'shop'), thing('bridge', null)],
    volumes: [thing('v', 'bank')],
    images: [{ id: 'sha256:1' }, { id: 'sha256:2' }],
  })

  test('keeps what belongs to the projects, and the images it runs', () => {
    const { containers, networks, volumes, images } = limitToProjects(whole, ['shop'])
    expect(containers.map(({ id }) => id)).toEqual(['a'])
    expect(networks.map(({ id }) => id)).toEqual(['n'])
    expect(volumes).toEqual([])
    expect(images).toEqual([{ id: 'sha256:1' }])
  })

  test('keeps nothing for no project', () => {
    expect(limitToProjects(whole, []).containers).toEqual([])
  })
})

describe('differences', () => {
  test('says what came, changed and went, from the version that was sent last', () => {
    const [a, b] = [thing('a', 'shop'), thing('b', 'shop')]
    const before = model({ containers: [a, b] }, 3)
    const after = { ...before, version: 7, containers: [thing('a', 'shop'), thing('c', 'shop')] as never[] }
    expect(differences(before, after)).toEqual({
      since: 3,
      version: 7,
      containers: { changed: after.containers, removed: ['b'] },
    })
  })

  test('is null when nothing one may see changed', () => {
    const before = model({ containers: [thing('a', 'shop')] })
    expect(differences(before, { ...before, version: 9 })).toBeNull()
  })
})

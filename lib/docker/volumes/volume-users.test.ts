import { describe, expect, it } from 'vitest'
import type { Container } from '../containers/container.ts'
import type { Volume } from './volume.ts'
import { downEffect, usersByVolume, volumeUsers } from './volume-users.ts'

// Only what these functions read.
function containerWith(
  name: string,
  state: Container['state'],
  mounts: Container['mounts'],
  project = '',
): Container {
  const compose = project
    ? {
        project,
        service: name,
        number: 1,
        isOneOff: false,
        workingDir: '',
        configFiles: [],
        environmentFiles: [],
        version: '2.40.3',
        configHash: 'x',
        dependsOn: [],
      }
    : null
  const rest = {
    id: name,
    image: '',
    imageId: '',
    health: 'none',
    exitCode: null,
    isOutOfMemory: false,
    startError: '',
    createdAtMs: 0,
    startedAtMs: null,
    finishedAtMs: null,
    restartCount: 0,
    restartPolicy: 'no',
    hasTty: false,
    ports: [],
    networks: [],
    isInspected: true,
  } as const
  return { ...rest, ports: [], networks: [], name, state, mounts, compose }
}

const data = {
  type: 'volume',
  name: 'shop_data',
  source: '',
  destination: '/data',
  isReadOnly: false,
} as const
const volume: Volume = {
  name: 'shop_data',
  driver: 'local',
  mountpoint: '',
  scope: 'local',
  createdAtMs: null,
  compose: null,
  isAnonymous: false,
}

describe('volume users', () => {
  const containers = [
    containerWith('old', 'exited', [data]),
    containerWith('db', 'running', [data, { ...data, destination: '/again', isReadOnly: true }]),
    containerWith('binder', 'running', [{ ...data, type: 'bind' }]),
  ]
  it('lists each place, running containers first', () => {
    expect(
      volumeUsers('shop_data', containers).map((user) => [user.container.name, user.destination]),
    ).toEqual([
      ['db', '/data'],
      ['db', '/again'],
      ['old', '/data'],
    ])
    expect(usersByVolume(containers).size).toBe(1)
    expect(volumeUsers('nothing', containers)).toEqual([])
  })
})

describe('downEffect', () => {
  const users = volumeUsers('shop_data', [containerWith('db', 'running', [data], 'shop')])
  it('warns of down -v for a volume Compose made', () => {
    const effect = downEffect({ ...volume, compose: { project: 'shop', volume: 'data' } }, users)
    expect(effect.down).toContain('Kept')
    expect(effect.downV).toContain('Removed for good')
  })
  it('warns that nothing finds an anonymous volume again', () => {
    expect(downEffect({ ...volume, isAnonymous: true }, users).down).toContain('nothing finds it')
  })
  it('knows external volumes and those of nobody', () => {
    expect(downEffect(volume, users).downV).toContain('Kept')
    expect(downEffect(volume, []).downV).toContain('no project')
  })
})

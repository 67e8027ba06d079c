import { describe, expect, it } from 'vitest'
import { aContainer } from '../../../tests/fixtures/container.ts'
import type { ComposeLabels } from './compose-labels.ts'
import type { Container } from '../containers/container.ts'
import { outsideProjects, projectsOf } from './project.ts'

const labels = (service: string, over: Partial<ComposeLabels> = {}): ComposeLabels => ({
  project: 'shop',
  service,
  number: 1,
  isOneOff: false,
  workingDir: '/srv/shop',
  configFiles: ['/srv/shop/compose.yaml'],
  environmentFiles: [],
  version: '2.40.3',
  configHash: 'x',
  dependsOn: [],
  ...over,
})

const container = (name: string, over: Partial<Container> = {}): Container =>
  aContainer(name, { startedAtMs: 5, compose: labels(name), ...over })

const volume = {
  name: 'shop_data',
  driver: 'local',
  mountpoint: '',
  scope: 'local' as const,
  createdAtMs: null,
  compose: { project: 'shop', volume: 'data' },
  isAnonymous: false,
}

const only = (containers: Container[], volumes = [volume]) => {
  const [project] = projectsOf({ containers, networks: [], volumes }, 100_000)
  if (!project) throw new Error('no project')
  return project
}

const stopped = { state: 'exited', exitCode: 143, finishedAtMs: 9 } as const
const completed = { state: 'exited', exitCode: 0, finishedAtMs: 9 } as const
const failed = { state: 'exited', exitCode: 1, finishedAtMs: 9 } as const

describe('the summary of a project', () => {
  it.each([
    [[container('app'), container('db')], 'good', 'all well'],
    [[container('app'), container('migrate', completed)], 'good', 'all well'],
    [[container('app', failed), container('db')], 'bad', '1 of 2 services needs you'],
    [[container('app', failed), container('db', failed)], 'bad', '2 of 2 services need you'],
    [[container('app', failed)], 'bad', 'its service needs you'],
    [[container('app', stopped), container('db')], 'warn', '1 of 2 services stopped'],
    [[container('app', { state: 'paused' }), container('db')], 'warn', '1 of 2 services paused'],
    [[container('app', { health: 'starting' }), container('db')], 'warn', '1 of 2 services starting'],
    [[container('app', stopped), container('db', stopped)], 'idle', 'stopped'],
    [[container('migrate', completed)], 'idle', 'completed'],
  ])('case %#', (containers, tone, summary) => {
    const project = only(containers)
    expect({ tone: project.tone, summary: project.summary }).toEqual({ tone, summary })
  })

  it('keeps a project that is down as long as it has a volume', () => {
    expect(only([]).summary).toBe('down, keeps 1 volume')
  })
})

it('groups replicas by number and sets one-off containers apart', () => {
  const replica = (number: number) => container(`w${number}`, { compose: labels('worker', { number }) })
  const oneOff = container('run', { compose: labels('worker', { isOneOff: true }), ...failed })
  const project = only([replica(2), oneOff, replica(1)])
  expect(project.services).toHaveLength(1)
  expect(project.services[0]?.containers.map(({ name }) => name)).toEqual(['w1', 'w2'])
  expect(project.oneOffs.map(({ name }) => name)).toEqual(['run'])
  expect(project.tone).toBe('good')
})

it('says that a service is not whole when a replica is stopped', () => {
  const replica = (number: number, over = {}) =>
    container(`w${number}`, { compose: labels('w', { number }), ...over })
  expect(only([replica(1), replica(2, stopped)]).services[0]?.tone).toBe('warn')
})

it('knows a task by who waits for it, however long it ran', () => {
  const dependsOn = [
    { service: 'seed', condition: 'service_completed_successfully' as const, restart: false },
  ]
  const seed = container('seed', { ...completed, startedAtMs: 0, finishedAtMs: 9_000_000 })
  expect(only([seed]).summary).toBe('stopped')
  expect(only([seed, container('app', { compose: labels('app', { dependsOn }) })]).summary).toBe('all well')
})

it('tells the containers outside any project', () => {
  expect(
    outsideProjects([container('a'), container('b', { compose: null })]).map(({ name }) => name),
  ).toEqual(['b'])
})

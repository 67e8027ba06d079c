import { describe, expect, it } from 'vitest'
import { aContainer } from '../../../tests/fixtures/container.ts'
import type { Container } from './container.ts'
import {
  type ContainerView,
  groupFilters,
  isInGroup,
  matchesQuery,
  viewContainers,
} from './container-list.ts'

const view: ContainerView = { query: '', group: null, sort: 'name', isDescending: false }
const names = (list: Container[]) => list.map((item) => item.name)

describe('viewContainers', () => {
  const all = [
    aContainer('shop-10'),
    aContainer('shop-2', { state: 'exited', exitCode: 1, restartCount: 3 }),
    aContainer('blog', { state: 'exited', exitCode: 0, image: 'nginx' }),
  ]

  it('orders names as people count', () => {
    expect(names(viewContainers(all, view, new Map(), 0))).toEqual(['blog', 'shop-2', 'shop-10'])
  })

  it('puts what needs somebody first when sorted by state', () => {
    expect(names(viewContainers(all, { ...view, sort: 'state' }, new Map(), 0))).toEqual([
      'shop-2',
      'shop-10',
      'blog',
    ])
  })

  it('puts what is not measured last when sorted by load', () => {
    const loads = new Map([[aContainer('shop-10').id, { cpuPercent: 4, memoryBytes: 1 }]])
    const sorted = viewContainers(all, { ...view, sort: 'cpu', isDescending: true }, loads, 0)
    expect(names(sorted)[0]).toBe('shop-10')
  })

  it('filters by chip and words together', () => {
    expect(names(viewContainers(all, { ...view, group: 'stopped', query: 'shop' }, new Map(), 0))).toEqual([
      'shop-2',
    ])
  })

  it('leaves the given list as it was', () => {
    viewContainers(all, view, new Map(), 0)
    expect(names(all)).toEqual(['shop-10', 'shop-2', 'blog'])
  })
})

it('says a chip as the filter docker ps has for it', () => {
  expect(groupFilters('running')).toEqual(['status=running'])
  expect(groupFilters('stopped')).toEqual(['status=exited', 'status=dead'])
  expect(groupFilters('attention')).toEqual([])
})

it('needs every word, in any place', () => {
  const app = aContainer('backend-app', { image: 'shop-app', health: 'healthy' })
  expect(matchesQuery(app, 'shop healthy')).toBe(true)
  expect(matchesQuery(app, 'shop unhealthy')).toBe(false)
  expect(matchesQuery(app, 'BACKEND')).toBe(true)
})

it('counts an unhealthy running container as running and as needing somebody', () => {
  const app = aContainer('a', { health: 'unhealthy' })
  expect(isInGroup(app, 'running', 0)).toBe(true)
  expect(isInGroup(app, 'attention', 0)).toBe(true)
})

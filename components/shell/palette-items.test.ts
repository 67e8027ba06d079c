import { expect, it } from 'vitest'
import { aContainer } from '../../tests/fixtures/container.ts'
import type { Container } from '#lib/docker/containers/container'
import { paletteItems, verbItems } from './palette-items.ts'

const container = (name: string, state: Container['state']): Container => aContainer(name, { state })
const all = [container('web', 'running'), container('job', 'exited')]
const labels = (query: string) => verbItems(all, query, null).map(({ label }) => label)

it('offers an action with a name where the action is possible', () => {
  expect(labels('restart w')).toEqual(['Restart web', 'Restart job'])
  expect(labels('stop w')).toEqual(['Stop web'])
  expect(labels('Start j')).toEqual(['Start job'])
  expect(labels('restart')).toEqual([])
  expect(labels('web restart')).toEqual([])
})

it('offers what can be done with the project in front', () => {
  const project = {
    name: 'shop',
    services: [],
    oneOffs: [],
    networks: [],
    volumes: [],
    workingDir: '',
    configFiles: [],
    tone: 'good' as const,
    summary: '',
    changedAtMs: null,
  }
  const model = { containers: all, images: [], networks: [], volumes: [], projects: [project] }
  const groupOf = (front: typeof project | null) =>
    paletteItems(model, { container: null, project: front }, null)
      .filter(({ group }) => group === 'This project')
      .map(({ label }) => label)
  expect(groupOf(null)).toEqual([])
  expect(groupOf(project)).toContain('Up shop…')
  expect(groupOf(project)).toContain('Restart shop')
})

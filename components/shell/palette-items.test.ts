import { expect, it } from 'vitest'
import type { Role } from '#lib/api/roles'
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

it('offers nobody what their role is refused', () => {
  const model = { containers: all, images: [], networks: [], volumes: [], projects: [] }
  const [web = null] = all
  const offered = (role: Role, projects: string[] | null = null, more = {}) =>
    paletteItems(
      model,
      { container: web, project: null },
      { userName: 'x', role, projects, isReadOnly: false, isExecOn: true, ...more },
    ).map(({ label }) => label)
  const acts = ['Stop web', 'Remove web', 'web files', 'web shell', 'Duplicate web', 'Run a container']
  expect(offered('operator')).toEqual(expect.arrayContaining(acts))
  for (const act of acts) expect(offered('viewer')).not.toContain(act)
  expect(offered('viewer')).toEqual(expect.arrayContaining(['web', 'web logs', 'Clean up']))
  const limited = offered('operator', ['shop'])
  expect(limited).toEqual(expect.arrayContaining(['Stop web', 'web files', 'web shell']))
  for (const one of ['Duplicate web', 'Run a container', 'Clean up', 'Users', 'Audit'])
    expect(limited).not.toContain(one)
  expect(offered('admin')).toEqual(expect.arrayContaining(['Users', 'Audit']))
  expect(offered('admin', null, { isExecOn: false })).not.toContain('web shell')
  const readOnly = offered('admin', null, { isReadOnly: true })
  expect(readOnly).toContain('web files')
  for (const one of ['Stop web', 'web shell', 'Run a container']) expect(readOnly).not.toContain(one)
})

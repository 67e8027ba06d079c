import { execFileSync } from 'node:child_process'
import { afterAll, expect, test, vi } from 'vitest'
import { findPlace } from '#server/compose/files/places'
import { readStatus } from '#server/compose/preview/status'
import { snapshot, stopLiveModel } from '#server/engine/model/live-model'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { type SettingCase, settingCases } from '../fixtures/compose-settings.ts'

// Read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `/tmp/composure-diff-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
let cgroupDefault = ''
let stack: Stack | undefined

afterAll(async () => {
  stack?.remove()
  await stopLiveModel()
  execFileSync('rm', ['-rf', dataDir])
})

/** One change of one setting: set, changed, taken away. */
interface Change extends SettingCase {
  service: string
  before: unknown
  after: unknown
}

const changes: readonly Change[] = settingCases.flatMap((each, index) => [
  { ...each, service: `s${index}-set`, before: undefined, after: each.one },
  { ...each, service: `s${index}-changed`, before: each.one, after: each.other },
  ...(each.untraced ? [] : [{ ...each, service: `s${index}-away`, before: each.other, after: undefined }]),
])

/** Compose's files as JSON, which is YAML: a service for each change, and one that others lean on. */
function fileOf(side: 'before' | 'after', project: string): string {
  const service = (change: Change): Record<string, unknown> => ({
    image: 'busybox:latest',
    command: ['sleep', '600'],
    ...change.beside,
    ...(change[side] === undefined ? {} : { [change.setting]: change[side] }),
  })
  const services = Object.fromEntries(changes.map((change) => [change.service, service(change)]))
  const text = JSON.stringify({
    services: { base: { image: 'busybox:latest', volumes: ['/base'], ipc: 'shareable' }, ...services },
    volumes: { data: {} },
    networks: { inner: { ipam: { config: [{ subnet: '192.0.2.64/26' }] } }, outer: {} },
    configs: { first: { file: './first' }, second: { file: './second' } },
    secrets: { key: { file: './first' } },
  })
  const [usual, other] = cgroupDefault === 'host' ? ['host', 'private'] : ['private', 'host']
  return `${text.replaceAll('PROJECT', project).replaceAll('NOT_DEFAULT', other).replaceAll('DEFAULT', usual)}\n`
}

/** What the Engine of this machine gives a service that says nothing. */
function defaultCgroup(made: Stack): string {
  made.write('compose.yaml', 'services:\n  plain: { image: busybox:latest }\n')
  made.compose('up', '--no-start')
  const id = made.compose('ps', '-aq').trim()
  const mode = execFileSync('docker', ['inspect', '-f', '{{.HostConfig.CgroupnsMode}}', id], {
    encoding: 'utf8',
  })
  made.compose('down')
  return mode.trim()
}

test('each setting Compose recreates for is named, and it alone', async () => {
  const made = makeStack({ first: 'x', second: 'y' })
  stack = made
  cgroupDefault = defaultCgroup(made)
  made.write('before.json', fileOf('before', made.project))
  made.write('after.json', fileOf('after', made.project))
  execFileSync('sh', ['-c', 'cp before.json compose.yaml'], { cwd: made.folder })
  made.compose('up', '--no-start')
  await vi.waitFor(() => {
    findPlace(made.project)
    const known = snapshot().containers.filter(({ compose }) => compose?.project === made.project)
    expect(known).toHaveLength(changes.length + 1)
  }, 20_000)
  expect((await readStatus(made.project)).drift).toEqual([])
  execFileSync('sh', ['-c', 'cp after.json compose.yaml'], { cwd: made.folder })
  const { drift, problem } = await readStatus(made.project)
  expect(problem).toBeNull()
  const named = new Map(drift.map(({ service, changes: found }) => [service, found]))
  const wrong = changes.flatMap(({ service, setting, named: wanted = setting, before, after }) => {
    const found = named.get(service)
    const isRight =
      found !== undefined &&
      found.length > 0 &&
      found.every(({ setting: name }) => name === wanted || name.startsWith(`${wanted}.`))
    return isRight ? [] : [{ service, wanted, before, after, found }]
  })
  expect(wrong).toEqual([])
}, 180_000)

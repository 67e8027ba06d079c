import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import type { Container } from '#lib/docker/containers/container'
import { Feeds } from '#server/logs/follow/feeds'
import { liveLogEngine } from '#server/logs/live-log-engine'
import { Recorder } from '#server/history/recorder'
import type { HistoryItem, HistoryTarget } from '#server/history/store'
import { ThreadStore } from '#server/history/thread-store'
import { contractSettings } from '../fixtures/history-contract.ts'
import { composeLabels } from './fixtures.ts'
import { docker, finish, removeAll, run, until } from './logs-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'composure-recorder-'))
const project = `hist${randomBytes(3).toString('hex')}`
let file = ''
let store: ThreadStore
let recorder: Recorder

beforeEach(async () => {
  file = join(folder, `${randomBytes(4).toString('hex')}.db`)
  await open()
  recorder.start()
})
afterEach(async () => {
  await recorder.stop()
  await store.close()
  await removeAll()
})
afterAll(async () => {
  await finish()
  rmSync(folder, { recursive: true, force: true })
})

async function open(): Promise<void> {
  store = new ThreadStore({ kind: 'sqlite', file }, contractSettings)
  // Other containers of this machine are none of this test's business.
  const engine = liveLogEngine()
  const own = (): Container[] => engine.containers().filter(({ compose }) => compose?.project === project)
  recorder = new Recorder(store, new Feeds({ ...engine, containers: own }))
  await store.settings()
}

const labels = (service: string): string[] =>
  Object.entries(composeLabels(project, service)).flatMap(([name, value]) => ['--label', `${name}=${value}`])

async function read(target: HistoryTarget): Promise<{ texts: string[]; words: string[] }> {
  const items: HistoryItem[] = []
  const request = { targets: [target], direction: 'forwards' } as const
  for await (const item of store.read(request, new AbortController().signal)) items.push(item)
  const texts = items.flatMap((item) =>
    item.kind === 'lines' ? Array.from({ length: item.lines.count }, (_, i) => item.lines.textOf(i)) : [],
  )
  const words = items.flatMap((item) => {
    if (item.kind === 'lines') return ['lines']
    if (item.kind !== 'message') return []
    return [item.message.type === 'marker' ? item.message.kind : item.message.type]
  })
  return { texts, words }
}

async function untilLines(target: HistoryTarget, count: number): Promise<void> {
  let lineCount = 0
  await expect
    .poll(
      async () => {
        lineCount = (await store.list([target])).reduce((sum, each) => sum + each.lineCount, 0)
        return lineCount >= count
      },
      { timeout: 30_000, interval: 50 },
    )
    .toBe(true)
  expect(lineCount).toBe(count)
}

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i))

test('a service’s timeline goes on when its container is made anew, and stays when all is taken down', async () => {
  const target = { project, service: 'web' }
  const first = await run('first', 'seq 1 300; echo oops >&2; exit 3', ...labels('web'))
  await untilLines(target, 301)
  await docker('rm', '-f', first)
  await until(() => recorder.state.containerCount === 0 || !recorder.keepIds().includes(first))
  const second = await run('second', 'seq 301 600; exec sleep 600', ...labels('web'))
  await untilLines(target, 601)
  await docker('rm', '-f', second)
  await expect
    .poll(async () => (await store.list([target])).every((each) => each.isRemoved), { timeout: 20_000 })
    .toBe(true)
  const { texts, words } = await read(target)
  expect(texts.filter((text) => text !== 'oops')).toEqual(numbers(1, 600))
  expect(words.filter((word) => word !== 'lines')).toEqual([
    'created',
    'started',
    'exited',
    'removed',
    'created',
    'started',
    ...words.filter((word) => word === 'exited').slice(1),
    'removed',
  ])
})

test('what was written while nobody recorded is read from the Engine, each line once', async () => {
  const target = { project, service: 'busy' }
  const script =
    'i=0; while [ $i -lt 40 ]; do seq $((i*500+1)) $((i*500+500)); i=$((i+1)); sleep 0.25; done; exec sleep 600'
  const id = await run('busy', script, ...labels('busy'))
  for (let restart = 0; restart < 4; restart += 1) {
    const before = (await store.list([target]))[0]?.lineCount ?? 0
    await expect
      .poll(async () => (await store.list([target]))[0]?.lineCount ?? 0, { interval: 20, timeout: 20_000 })
      .toBeGreaterThan(before)
    await recorder.stop()
    await store.close()
    await open()
    recorder.start()
  }
  await untilLines(target, 20_000)
  const { texts, words } = await read(target)
  expect(texts).toEqual(numbers(1, 20_000))
  expect(words.filter((word) => word !== 'lines')).toEqual(['created', 'started'])
  expect((await docker('logs', id)).split('\n')).toEqual(texts)
})

test('a container that went while nobody recorded is noted as gone, with what may be missing', async () => {
  const target = { project, service: 'brief' }
  const id = await run('brief', 'echo once; exec sleep 600', ...labels('brief'))
  await untilLines(target, 1)
  await recorder.stop()
  await store.close()
  await docker('rm', '-f', id)
  await open()
  await until(() => !recorder.keepIds().includes(id))
  recorder.start()
  await expect.poll(async () => (await store.list([target]))[0]?.isRemoved, { timeout: 20_000 }).toBe(true)
  expect((await read(target)).words).toEqual(['created', 'started', 'lines', 'gap', 'removed'])
})

test('a project that is switched off is not recorded from then on, and again when it is on', async () => {
  const target = { project, service: 'quiet' }
  const script = 'echo 1; while [ ! -e /tmp/go ]; do sleep 0.05; done; echo 2; exec sleep 600'
  const id = await run('quiet', script, ...labels('quiet'))
  await untilLines(target, 1)
  await store.setSettings({ ...contractSettings, projectsOff: [project] })
  await recorder.reload()
  await until(() => recorder.state.containerCount === 0)
  await docker('exec', id, 'touch', '/tmp/go')
  await expect.poll(() => docker('logs', id)).toBe('1\n2')
  expect((await read(target)).texts).toEqual(['1'])
  await store.setSettings(contractSettings)
  await recorder.reload()
  await untilLines(target, 2)
  expect((await read(target)).texts).toEqual(['1', '2'])
})

test('records bytes as they are: long lines, no UTF-8, no end of line', async () => {
  const target = { project, service: 'odd' }
  const script = "head -c 100000 /dev/zero | tr '\\0' x; echo; printf '\\377\\000A\\n'; printf 'no end'"
  // The driver `json-file` makes UTF-8 of everything itself.
  await run('odd', script, '--log-driver', 'local', ...labels('odd'))
  await untilLines(target, 3)
  const lines: Uint8Array[] = []
  const request = { targets: [target], direction: 'forwards' } as const
  for await (const item of store.read(request, new AbortController().signal))
    if (item.kind === 'lines')
      for (let i = 0; i < item.lines.count; i += 1)
        lines.push(item.lines.bytes.slice(item.lines.startOf(i), item.lines.ends[i]))
  expect(lines[0]?.length).toBe(100_000)
  expect(lines[1]).toEqual(new Uint8Array([0xff, 0, 0x41]))
  expect(new TextDecoder().decode(lines[2])).toBe('no end')
})

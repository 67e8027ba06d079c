import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatCursor, type LineCursor } from '#lib/logs/cursor'
import { eachLine, type LogGap, type LogMarker, type LogMessage } from '#lib/logs/wire'
import { firstSnapshot, snapshot } from '#server/engine/model/live-model'
import { history, recorder } from '#server/history/history'
import { projectDownload } from '#server/logs/download/download'
import { olderLines } from '#server/logs/older'
import { findLogged, openLogStream } from '#server/logs/requests'
import { contractSettings } from '../fixtures/history-contract.ts'
import { composeLabels } from './fixtures.ts'
import { docker, finish, removeAll, run, until } from './logs-fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'composure-kept-'))
const project = `kept${randomBytes(3).toString('hex')}`
process.env.COMPOSURE_DATA_DIR = folder

const labels = (service: string): string[] =>
  Object.entries(composeLabels(project, service)).flatMap(([name, value]) => ['--label', `${name}=${value}`])
const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i))

async function untilKept(count: number): Promise<void> {
  const kept = async (): Promise<number> =>
    (await history().list([{ project }])).reduce((sum, each) => sum + each.lineCount, 0)
  await expect.poll(kept, { timeout: 30_000 }).toBe(count)
}

beforeAll(async () => {
  // Other containers of this machine are none of this test's business.
  const { containers } = await firstSnapshot(10_000)
  const projectsOff = [...new Set(containers.flatMap(({ compose }) => compose?.project ?? []))]
  await history().setSettings({ ...contractSettings, isOutsideRecorded: false, projectsOff })
  recorder().start()
})

afterAll(async () => {
  await recorder().stop()
  await history().close()
  await removeAll()
  await finish()
  rmSync(folder, { recursive: true, force: true })
})

interface Seen {
  messages: LogMessage[]
  texts: string[]
  first: LineCursor | null
}

/** What a stream says until it has caught up. */
async function read(target: Parameters<typeof openLogStream>[0], tail: number | 'all'): Promise<Seen> {
  const leaving = new AbortController()
  const seen: Seen = { messages: [], texts: [], first: null }
  for await (const { message } of openLogStream(target, { tail, after: new Map(), signal: leaving.signal })) {
    seen.messages.push(message)
    take(seen, message)
    if (message.type === 'caught-up') break
  }
  leaving.abort()
  return seen
}

function take(seen: Seen, message: LogMessage): void {
  if (message.type !== 'lines') return
  eachLine(message, ({ time, text, flags }) => {
    seen.texts.push(text)
    seen.first ??= { ...time, isStderr: (flags & 1) !== 0, ordinal: 0 }
  })
}

async function older(
  id: string,
  before: LineCursor,
  limit: number,
): Promise<Seen & { isFromStart: boolean }> {
  const query = new URLSearchParams({ before: formatCursor(before), limit: String(limit), held: '20' })
  const response = await olderLines(new Request(`http://x/?${query.toString()}`), id)
  const seen = { messages: [] as LogMessage[], texts: [] as string[], first: null, isFromStart: false }
  for (const line of (await response.text()).split('\n').filter(Boolean)) {
    const message = JSON.parse(line) as LogMessage | { type: 'end'; isFromStart: boolean }
    if (message.type === 'end') seen.isFromStart = message.isFromStart
    else {
      seen.messages.push(message)
      take(seen, message)
    }
  }
  return seen
}

const kindsOf = (messages: LogMessage[]): string[] =>
  messages
    .filter((message): message is LogGap | LogMarker => message.type === 'gap' || message.type === 'marker')
    .map((message) => (message.type === 'gap' ? message.reason : message.kind))

test('a service is read back over the containers it had, while it runs and when it is taken down', async () => {
  const first = await run('gen1', 'seq 1 300; exec sleep 600', ...labels('web'))
  await untilKept(300)
  await docker('rm', '-f', first)
  await until(() => !snapshot().containers.some(({ id }) => id === first))
  const second = await run('gen2', 'seq 301 320; exec sleep 600', ...labels('web'))
  await untilKept(320)

  const live = await read({ project }, 100)
  expect(live.texts).toEqual(numbers(301, 320))
  expect(live.messages.find((message) => message.type === 'sources')?.sources).toHaveLength(1)
  expect(kindsOf(live.messages)).toContain('earlier')
  const before = live.first
  if (!before) throw new Error('no line came')
  const page = await older(second, before, 100)
  expect(page.texts).toEqual(numbers(201, 300))
  expect(kindsOf(page.messages)).toContain('removed')
  expect(page.isFromStart).toBe(false)
  if (!page.first) throw new Error('no older line came')
  const rest = await older(second, page.first, 1_000)
  expect(rest.texts).toEqual(numbers(1, 200))
  expect(kindsOf(rest.messages)).toEqual(['created', 'started'])
  expect(rest.isFromStart).toBe(true)

  await docker('rm', '-f', second)
  await expect
    .poll(async () => (await history().list([{ project }])).every((each) => each.isRemoved), {
      timeout: 20_000,
    })
    .toBe(true)
  const down = await read({ project }, 10)
  expect(down.texts).toEqual(numbers(311, 320))
  expect(kindsOf(down.messages)).toContain('earlier')
  expect(down.messages).toContainEqual({ type: 'state', source: 0, state: 'removed' })
  const byId = await read({ logged: [await findLogged(first.slice(0, 12))] }, 'all')
  expect(byId.texts).toEqual(numbers(1, 300))
  const file = await (await projectDownload(new Request('http://x/?timestamps=0'), project)).text()
  expect(
    file
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' | ').at(-1)),
  ).toEqual(numbers(1, 320))
})

test('the archive goes on where the Engine has let go of the beginning', async () => {
  const rotating = ['--log-driver', 'json-file', '--log-opt', 'max-size=20k', '--log-opt', 'max-file=1']
  const script =
    'i=1; while [ $i -le 2000 ]; do echo $i; i=$((i+1)); [ $((i%100)) = 0 ] && sleep 0.2; done; exec sleep 600'
  const id = await run('rotate', script, ...rotating, ...labels('rot'))
  const target = { project, service: 'rot' }
  await expect
    .poll(async () => (await history().list([target]))[0]?.lineCount, { timeout: 30_000 })
    .toBe(2_000)
  const atEngine = (await docker('logs', id)).split('\n')
  expect(atEngine.length).toBeLessThan(1_000)
  const live = await read({ logged: [await findLogged(id)] }, 5_000)
  expect(live.texts).toEqual(atEngine)
  expect(kindsOf(live.messages)[0]).toBe('earlier')
  if (!live.first) throw new Error('no line came')
  const rest = await older(id, live.first, 5_000)
  expect([...rest.texts, ...live.texts]).toEqual(numbers(1, 2_000))
  expect(rest.isFromStart).toBe(true)
})

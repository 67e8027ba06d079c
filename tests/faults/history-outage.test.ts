import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import type { Container } from '#lib/docker/containers/container'
import { Recorder } from '#server/history/recorder'
import type { SqlPlace } from '#server/history/sql'
import { ThreadStore } from '#server/history/thread-store'
import { Feeds } from '#server/logs/follow/feeds'
import { liveLogEngine } from '#server/logs/live-log-engine'
import { composeLabels } from '../engine/fixtures.ts'
import { docker, finish, removeAll, run } from '../engine/logs-fixture.ts'
import { contractSettings } from '../fixtures/history-contract.ts'
import { type PostgresServer, startPostgres } from '../fixtures/postgres.ts'

const project = `outage${randomBytes(3).toString('hex')}`
const target = { project }
const lines = 400
const padding = 'x'.repeat(2_000)

let store: ThreadStore
let recorder: Recorder

function record(place: SqlPlace): void {
  store = new ThreadStore(place, contractSettings)
  const engine = liveLogEngine()
  const own = (): Container[] => engine.containers().filter(({ compose }) => compose?.project === project)
  recorder = new Recorder(store, new Feeds({ ...engine, containers: own }))
  recorder.start()
}

/** Prints 400 numbered lines of random-looking text whenever /tmp/go grows. */
const script = `n=0; while true; do
  while [ "$(cat /tmp/go 2>/dev/null | wc -l)" -le "$n" ]; do sleep 0.05; done
  i=1; while [ $i -le ${lines} ]; do echo "$((n*${lines}+i)) $(head -c 1500 /dev/urandom | base64 | tr -d '\\n')"; i=$((i+1)); done
  n=$((n+1)); done`

async function runPrinter(): Promise<string> {
  const labels = Object.entries(composeLabels(project, 'web')).flatMap(([name, value]) => [
    '--label',
    `${name}=${value}`,
  ])
  return run(`outage-${randomBytes(2).toString('hex')}`, script, ...labels)
}

const print = (id: string): Promise<string> => docker('exec', id, 'sh', '-c', 'echo go >> /tmp/go')

async function untilKept(count: number): Promise<void> {
  await expect
    .poll(async () => (await store.list([target]).catch(() => []))[0]?.lineCount, { timeout: 90_000 })
    .toBe(count)
}

async function numbers(): Promise<number[]> {
  const found: number[] = []
  const request = { targets: [target], direction: 'forwards' } as const
  for await (const item of store.read(request, new AbortController().signal))
    if (item.kind === 'lines')
      for (let i = 0; i < item.lines.count; i += 1) found.push(Number(item.lines.textOf(i).split(' ')[0]))
  return found
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1)

afterEach(async () => {
  await recorder.stop()
  await store.close()
  await removeAll()
})
afterAll(finish)

const mountPoint = mkdtempSync(join(tmpdir(), 'composure-full-'))
const isMounted = mountSmallDisk()
if (!isMounted) console.warn('skipped: a small disk to fill needs the right to mount')

function mountSmallDisk(): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', mountPoint], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

describe.skipIf(!isMounted)('a full disk', () => {
  afterAll(() => {
    execFileSync('umount', [mountPoint])
    rmSync(mountPoint, { recursive: true })
  })

  test('pauses recording and says so, reading goes on, and so does recording when there is room', async () => {
    const filler = join(mountPoint, 'filler')
    const id = await runPrinter()
    record({ kind: 'sqlite', file: join(mountPoint, 'history.db') })
    await print(id)
    await untilKept(lines)
    fill(filler)
    await print(id)
    await expect
      .poll(() => recorder.state, { timeout: 60_000 })
      .toMatchObject({ state: 'paused', reason: 'full' })
    expect(recorder.state.detail).toContain('full')
    expect(await numbers()).toEqual(upTo((await store.list([target]))[0]?.lineCount ?? 0))
    rmSync(filler)
    await expect.poll(() => recorder.state.state, { timeout: 60_000 }).toBe('recording')
    await untilKept(2 * lines)
    expect(await numbers()).toEqual(upTo(2 * lines))
  }, 240_000)

  /** Leaves not even room for one write. */
  function fill(filler: string): void {
    for (let size = 6_000_000; size >= 4_096; size = Math.floor(size / 2))
      for (;;)
        try {
          writeFileSync(filler, padding.repeat(Math.ceil(size / padding.length)).slice(0, size), {
            flag: 'a',
          })
        } catch {
          break
        }
  }
})

describe('a Postgres', () => {
  let server: PostgresServer
  afterAll(() => server.remove())

  test('that freezes, and one that goes away, pauses recording, which goes on behind the last line', async () => {
    server = await startPostgres()
    const id = await runPrinter()
    record({ kind: 'postgres', url: server.url })
    let count = 0
    await print(id)
    await untilKept((count += lines))
    for (const [down, up] of [
      ['pause', 'unpause'],
      ['kill', 'start'],
    ] as const) {
      await server.docker(down)
      await print(id)
      await expect
        .poll(() => recorder.state, { timeout: 90_000 })
        .toMatchObject({ state: 'paused', reason: 'unreachable' })
      await server.docker(up)
      await expect.poll(() => recorder.state.state, { timeout: 90_000 }).toBe('recording')
      await untilKept((count += lines))
    }
    expect(await numbers()).toEqual(upTo(count))
  }, 400_000)
})

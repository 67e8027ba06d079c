import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { ThreadStore } from '#server/history/thread-store'
import { startServer } from '../browser/server-process.ts'
import { composeLabels } from '../engine/fixtures.ts'
import { docker } from '../engine/logs-fixture.ts'
import { contractSettings } from '../fixtures/history-contract.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'composure-kill-'))
const file = join(dataDir, 'history.db')
const project = `kill${randomBytes(3).toString('hex')}`
const kills = 5

afterAll(async () => {
  await docker('rm', '-f', `${project}-web`).catch(() => '')
  rmSync(dataDir, { recursive: true, force: true })
})

test('kill -9 while recording loses at most the last second, breaks nothing, and leaves no line twice', async () => {
  await recordOnlyThis()
  const labels = Object.entries(composeLabels(project, 'web')).flatMap(([name, value]) => [
    '--label',
    `${name}=${value}`,
  ])
  const script =
    'i=0; while [ ! -e /tmp/stop ]; do seq $((i*100+1)) $((i*100+100)); i=$((i+1)); sleep 0.1; done; echo end; exec sleep 600'
  const name = `${project}-web`
  await docker(
    'run',
    '-d',
    '--network',
    'none',
    '--name',
    name,
    ...labels,
    'busybox:musl',
    'sh',
    '-c',
    script,
  )
  for (let kill = 0; kill < kills; kill += 1) {
    const before = keptCount()
    const server = await startServer({ COMPOSURE_HISTORY: 'on', COMPOSURE_DATA_DIR: dataDir })
    await expect.poll(keptCount, { timeout: 60_000, interval: 20 }).toBeGreaterThan(before + 500)
    // Behind what the start had to catch up with: this is recording as it goes.
    await expect
      .poll(async () => (await printed(name)).length - keptCount(), { timeout: 60_000 })
      .toBeLessThan(4_000)
    const gone = new Promise((resolve) => server.process.once('exit', resolve))
    const killedAtMs = Date.now()
    server.process.kill('SIGKILL')
    await gone
    const mustBeKept = (await printed(name)).filter(({ ms }) => ms < killedAtMs - 1_000).length
    expect(keptCount()).toBeGreaterThanOrEqual(mustBeKept)
    expect(integrity()).toBe('ok')
  }
  const server = await startServer({ COMPOSURE_HISTORY: 'on', COMPOSURE_DATA_DIR: dataDir })
  await docker('exec', name, 'touch', '/tmp/stop')
  await expect.poll(async () => (await printed(name)).at(-1)?.text, { timeout: 30_000 }).toBe('end')
  const total = (await printed(name)).length
  await expect.poll(keptCount, { timeout: 60_000 }).toBe(total)
  expect(await server.stop()).toBe(0)
  expect(await keptTexts()).toEqual((await printed(name)).map(({ text }) => text))
}, 300_000)

/** Other containers of this machine are none of this test's business. */
async function recordOnlyThis(): Promise<void> {
  const names = (await docker('ps', '-a', '--format', '{{.Label "com.docker.compose.project"}}')).split('\n')
  const store = new ThreadStore({ kind: 'sqlite', file }, contractSettings)
  await store.setSettings({ ...contractSettings, isOutsideRecorded: false, projectsOff: [...new Set(names)] })
  await store.close()
}

function query<Row>(text: string): Row[] {
  const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 })
  try {
    return database.prepare(text).all() as Row[]
  } finally {
    database.close()
  }
}

function keptCount(): number {
  const text = `SELECT COALESCE(SUM(line_count), 0) AS kept FROM source WHERE project = '${project}'`
  return query<{ kept: number }>(text)[0]?.kept ?? 0
}

function integrity(): string | undefined {
  return query<{ integrity_check: string }>('PRAGMA integrity_check')[0]?.integrity_check
}

async function printed(name: string): Promise<{ ms: number; text: string }[]> {
  const lines = (await docker('logs', '--timestamps', name)).split('\n').filter(Boolean)
  return lines.map((line) => {
    const [time = '', text = ''] = line.split(' ')
    return { ms: Date.parse(time), text }
  })
}

async function keptTexts(): Promise<string[]> {
  const store = new ThreadStore({ kind: 'sqlite', file }, contractSettings)
  const texts: string[] = []
  const request = { targets: [{ project }], direction: 'forwards' } as const
  for await (const item of store.read(request, new AbortController().signal))
    if (item.kind === 'lines')
      for (let index = 0; index < item.lines.count; index += 1) texts.push(item.lines.textOf(index))
  await store.close()
  return texts
}

import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { fromMs } from '#lib/logs/nano-time'
import { modelContainer } from '#server/engine/model/live-model'
import { history, recorder } from '#server/history/history'
import { readWindow } from '#server/logs/window/joined-window'
import { docker, finish, removeAll, run, until } from './logs-fixture.ts'
import { grepCount, search } from './logs-search-fixture.ts'

const dataDir = vi.hoisted(() => {
  const folder = `${process.env.TMPDIR ?? '/tmp'}/composure-search-${process.pid}-${Date.now()}`
  process.env.COMPOSURE_DATA_DIR = folder
  return folder
})

beforeAll(async () => {
  await removeAll()
  recorder().start()
})
afterAll(async () => {
  await recorder().stop()
  await history().close()
  await finish()
  rmSync(dataDir, { recursive: true, force: true })
})

async function recorded(id: string, lineCount: number): Promise<void> {
  for (const deadline = Date.now() + 40_000; Date.now() < deadline; ) {
    const [kept] = await history().list([{ containerId: id }])
    if ((kept?.lineCount ?? 0) >= lineCount) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`not ${lineCount} lines of ${id} were recorded in time`)
}

const script = `awk 'BEGIN { for (i = 1; i <= 30000; i++) print (i % 100 == 0 ? "ERROR" : "INFO") " line " i }'; while [ ! -e /go ]; do sleep 0.1; done; for i in 1 2 3; do echo "ERROR late $i"; done; sleep 600`

test('the archive and the Engine join without a hole and without doubles, also once the container is gone', async () => {
  const id = await run('joined', script)
  await recorded(id, 30_000)
  const first = await search([id], { text: 'ERROR' }, { limit: 1_000 })
  expect(first.end?.reason).toBe('complete')
  expect(first.progress).toMatchObject({ hitCount: 300, scannedCount: 30_000 })
  expect(new Set(first.texts[0]).size).toBe(300)

  // What is written while nobody records is at the Engine only.
  await recorder().stop()
  await docker('exec', id, 'touch', '/go')
  await until(() => modelContainer(id)?.state === 'running')
  for (let count = 0; count < 303; ) count = await grepCount(id, 'ERROR')
  const joined = await search([id], { text: 'ERROR' })
  expect(joined.progress).toMatchObject({ hitCount: 303, scannedCount: 30_003 })
  expect(joined.texts[0]?.filter((text) => text.startsWith('ERROR late'))).toEqual([
    'ERROR late 1',
    'ERROR late 2',
    'ERROR late 3',
  ])

  // What the archive lets go of is still looked for at the Engine.
  await history().remove({ containerId: id }, [id])
  const engineOnly = await search([id], { text: 'ERROR' })
  expect(engineOnly.progress).toMatchObject({ hitCount: 303, scannedCount: 30_003 })

  recorder().start()
  await recorded(id, 3)
  const again = await search([id], { text: 'ERROR' })
  expect(again.progress).toMatchObject({ hitCount: 303, scannedCount: 30_003 })
})

test('a removed container is searched and shown from the archive', async () => {
  const id = await run('gone', `awk 'BEGIN { for (i = 1; i <= 5000; i++) print "INFO line " i }'; sleep 600`)
  await recorded(id, 5_000)
  await docker('rm', '-f', id)
  await until(() => modelContainer(id) === null)
  const found = await search([id], { text: 'line 4999' })
  expect(found.end?.reason).toBe('complete')
  expect(found.texts[0]).toEqual(['INFO line 4999'])
  const [kept] = await history().list([{ containerId: id }])
  const source = { containerId: id, name: 'gone', service: '', number: 0, container: null }
  const window = await readWindow(
    source,
    fromMs((kept?.lastLineAtMs ?? 0) + 1),
    { before: 10, after: 10 },
    new AbortController().signal,
  )
  expect(window.before.textOf(window.before.count - 1)).toBe('INFO line 5000')
  expect(window.hasOlder).toBe(true)
})

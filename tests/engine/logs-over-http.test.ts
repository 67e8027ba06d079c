import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, type ServerProcess, startServer } from '../browser/server-process.ts'
import { LogPage } from '../fixtures/log-page.ts'
import { heldMb, inspectable } from '../fixtures/process-cost.ts'
import { LiveClient, type SignedIn } from '../fixtures/live-client.ts'
import { until } from './exec-shells.ts'
import { addPerson } from './front-client.ts'

const prefix = `logs-http-${process.pid}`
const dataDir = mkdtempSync(join(tmpdir(), 'composure-logs-http-'))
const docker = (...args: string[]): string => execFileSync('docker', args, { encoding: 'utf8' }).trim()
const numbers = (count: number): string[] => Array.from({ length: count }, (_, i) => `n ${i + 1}`)

let port = 0
let server: ServerProcess
let own: SignedIn

beforeAll(async () => {
  port = await freePort()
  await start()
  own = { ...server, person: addPerson({ ...server, dataDir }, 'admin') }
})
afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
  const ids = docker('ps', '-aq', '--filter', `name=^${prefix}`)
  if (ids) docker('rm', '-f', ...ids.split('\n'))
})

/** The same dashboard each time: its port, its data. */
async function start(): Promise<void> {
  const env = { PORT: String(port), COMPOSURE_DATA_DIR: dataDir, ...inspectable }
  server = await startServer(env)
}

/** Prints `n 1` to `n count` at 2,000 a second. */
function count(name: string, lines: number): string {
  const script = `awk 'BEGIN { for (i = 1; i <= ${lines}; i++) { print "n " i; if (i % 100 == 0) { fflush(); system("usleep 50000") } } }'; sleep 600`
  return docker(
    'run',
    '-d',
    '--init',
    '--network',
    'none',
    '--name',
    `${prefix}-${name}`,
    'busybox',
    'sh',
    '-c',
    script,
  )
}

describe('every line once, over HTTP', () => {
  it('when the connection is cut five times at 2,000 lines a second', async () => {
    const id = count('cut', 14_000)
    const page = new LogPage(id)
    for (let connection = 0; connection < 5; connection += 1) {
      await page.connect(own)
      const target = (connection + 1) * 2_000
      await until(() => page.texts.length >= target, `${target} lines`)
      page.cut()
    }
    await page.connect(own)
    await until(() => page.lastText === 'n 14000', 'the last line')
    expect(page.gaps).toEqual([])
    expect(page.texts).toEqual(numbers(14_000))
    page.cut()
  })

  it('when the dashboard is killed and starts again in the middle', async () => {
    const id = count('killed', 16_000)
    const page = new LogPage(id)
    await page.connect(own)
    await until(() => page.texts.length >= 3_000, 'lines before')
    const gone = new Promise((resolve) => server.process.once('exit', resolve))
    server.process.kill('SIGKILL')
    await gone
    page.cut()
    await start()
    await page.connect(own)
    await until(() => page.lastText === 'n 16000', 'the last line')
    expect(page.gaps).toEqual([])
    expect(page.texts).toEqual(numbers(16_000))
    page.cut()
  })
})

describe('viewers that take nothing', () => {
  it('cost at most 4 MB each and hold nobody up', async () => {
    const id = docker(
      'run',
      '-d',
      '--init',
      '--network',
      'none',
      '--name',
      `${prefix}-stalled`,
      'busybox',
      'sh',
      '-c',
      `awk 'BEGIN { for (i = 1; ; i++) { print "n " i " of a program that prints a great deal of what it does, without an end"; if (i % 1000 == 0) { fflush(); system("usleep 50000") } } }'`,
    )
    const page = new LogPage(id)
    await page.connect(own)
    await until(() => page.texts.length >= 20_000, 'lines before')
    const before = await heldMb(server)
    const stalled = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const client = new LiveClient(own, () => undefined)
        await client.open()
        await client.subscribe([{ key: 'log', topic: 'logs', params: { containerIds: [id], tail: 10 } }])
        client.pause()
        return client
      }),
    )
    // 15 MB for each of them, and who reads gets them all.
    const target = page.texts.length + 200_000
    await until(() => page.texts.length >= target, 'lines meanwhile', 60_000)
    page.texts.length = 0
    const eachMb = ((await heldMb(server)) - before) / stalled.length
    console.log(`memory of the server for a viewer that takes nothing: ${eachMb.toFixed(2)} MB`)
    expect(eachMb).toBeLessThan(4)
    expect(page.gaps).toEqual([])
    for (const client of stalled) client.close()
    page.cut()
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExecOpened } from '#lib/docker/exec'
import { type Dashboard, startDashboard } from './dashboard.ts'
import { collectGarbage, heapOptions } from './heap.ts'
import { Page } from './page.ts'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'
import { report } from './report.ts'
import { Shell } from './shell.ts'

const soakMs = Number(process.env.COMPOSURE_SOAK_MINUTES ?? 0.7) * 60_000
const gauges = [
  'live_streams',
  'log_feeds',
  'log_viewers',
  'recorded_containers',
  'shells',
  'engine_calls_in_flight',
]

interface Figures {
  memoryMb: number
  heapMb: number
  descriptors: number
  gauges: number[]
}

describe.skipIf(!canRunPrivateEngine)('a soak', () => {
  const engine = new PrivateEngine()
  let dashboard: Dashboard
  let steady: string

  beforeAll(async () => {
    await engine.start()
    engine.load('busybox:latest')
    steady = engine.run('steady', 'i=0; while :; do i=$((i+1)); echo $i; sleep 1; done')
    dashboard = await startDashboard(engine, { COMPOSURE_HISTORY: 'on', NODE_OPTIONS: heapOptions })
  })

  afterAll(async () => {
    await dashboard.stop()
    await engine.remove()
  })

  /** A visit: a tab with a log, a container that comes, talks and goes, a shell in it. */
  async function visit(number: number): Promise<void> {
    const page = await Page.open(dashboard)
    const old = await page.follow({ containerIds: [steady], tail: 100 })
    const id = engine.run(`visitor-${number}`, `seq 1 500; exec sleep 600`)
    await page.until(() => page.containers.has(id), 'the container')
    const log = await page.follow({ containerIds: [id], tail: 'all' })
    const opened = await dashboard.send<ExecOpened>('POST', `/api/containers/${id}/exec`, {
      cols: 80,
      rows: 24,
    })
    const shell = await Shell.open(dashboard, opened.body)
    shell.type('echo $((40+2)); sleep 600 &\n')
    await shell.shows('42')
    await page.until(() => log.texts.length === 500 && old.texts.length > 0, 'the lines')
    expect((await dashboard.send('GET', `/containers/${id.slice(0, 12)}`)).status).toBe(200)
    // Every second tab goes before its container does.
    if (number % 2) page.close()
    engine.docker('rm', '-f', id)
    await shell.ended()
    shell.close()
    page.close()
  }

  /** When all that lingers for a reload is over and the garbage is collected. */
  async function calm(): Promise<Figures> {
    await expect.poll(() => dashboard.metric('live_streams'), { timeout: 30_000 }).toBe(0)
    await expect.poll(() => dashboard.metric('log_feeds'), { timeout: 30_000 }).toBe(1)
    await expect.poll(() => dashboard.metric('shells'), { timeout: 30_000 }).toBe(0)
    // What the Engine's client and the archive keep for a while is let go in this time.
    await sleep(Math.min(soakMs / 4, 35_000))
    const heapMb = Math.round((await collectGarbage(dashboard)) / 1e5) / 10
    const looks: number[] = []
    for (let look = 0; look < 10; look += 1) {
      looks.push(dashboard.memoryMb())
      await sleep(200)
    }
    const memoryMb = Math.min(...looks)
    const values = await Promise.all(gauges.map((name) => dashboard.metric(name)))
    return { memoryMb, heapMb, descriptors: dashboard.descriptors(), gauges: values }
  }

  it(
    'ends where it began',
    async () => {
      const warmUntilMs = performance.now() + Math.min(soakMs / 2, 120_000)
      let count = 0
      while (performance.now() < warmUntilMs) await visit((count += 1))
      const before = await calm()
      const untilMs = performance.now() + soakMs
      while (performance.now() < untilMs) await visit((count += 1))
      const after = await calm()
      const words = ({ memoryMb, heapMb, descriptors, gauges: values }: Figures): string =>
        `${memoryMb} MB, heap ${heapMb} MB, ${descriptors} descriptors, ${values.join('/')} streams`
      report({
        fault: `soak of ${count} visits`,
        seen: `${words(before)}; then ${words(after)}`,
        memoryMb: after.memoryMb,
      })
      expect(after.gauges).toEqual(before.gauges)
      expect(after.descriptors).toBeLessThanOrEqual(Math.ceil(before.descriptors * 1.1))
      // A collector’s whims are within the noise of so little.
      expect(after.memoryMb).toBeLessThanOrEqual(before.memoryMb * 1.1 + 8)
    },
    3 * soakMs + 240_000,
  )
})

import { createServer, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Health } from '#lib/api/health'
import type { HistoryContainer } from '#lib/api/history'
import { freePort } from '../browser/server-process.ts'
import { type PostgresServer, startPostgres } from '../fixtures/postgres.ts'
import { type Dashboard, startDashboard } from './dashboard.ts'
import { type LogView, Page } from './page.ts'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'
import { report } from './report.ts'
import { since } from './undo.ts'

describe.skipIf(!canRunPrivateEngine)('the Postgres of the log archive fails', () => {
  const engine = new PrivateEngine()
  let postgres: PostgresServer
  let wire: Wire
  let dashboard: Dashboard
  let page: Page
  let writer: string
  let victim: string
  let log: LogView

  beforeAll(async () => {
    postgres = await startPostgres()
    wire = await Wire.open(Number(new URL(postgres.url).port))
    await engine.start()
    engine.load('busybox:latest')
    writer = engine.run('writer', 'i=0; while :; do i=$((i+1)); echo $i; usleep 20000; done')
    victim = engine.run('victim', 'sleep 600')
    const url = new URL(postgres.url)
    url.port = String(wire.port)
    dashboard = await startDashboard(engine, { COMPOSURE_DATABASE_URL: url.href, COMPOSURE_HISTORY: 'on' })
    page = await Page.open(dashboard)
    log = await page.follow({ containerIds: [writer], tail: 'all' })
    await vi.waitFor(async () => expect(await kept()).toBeGreaterThan(20), { timeout: 30_000, interval: 100 })
  })

  afterAll(async () => {
    page.close()
    await dashboard.stop()
    await engine.remove()
    wire.close()
    await postgres.remove()
  })

  async function untilRecording(state: Health['recording']): Promise<void> {
    const read = async () => (await dashboard.send<Health>('GET', '/api/health/ready')).body.recording
    await expect.poll(read, { timeout: 60_000 }).toBe(state)
  }

  async function kept(): Promise<number> {
    const { body } = await dashboard.send<HistoryContainer[]>('GET', `/api/history/containers?id=${writer}`)
    return Array.isArray(body) ? (body[0]?.lineCount ?? 0) : 0
  }

  /** What a person does meanwhile: a page, a log that was open and one that is opened now, an action. */
  async function restGoesOn(): Promise<void> {
    expect((await dashboard.send('GET', '/containers')).status).toBe(200)
    const seen = log.texts.length
    const fresh = await page.follow({ containerIds: [writer], tail: 50 })
    await page.until(() => log.texts.length > seen + 20, 'lines of the open log')
    await page.until(() => fresh.texts.length > 50, 'lines of a log opened now')
    const action = `/api/containers/${victim}/actions/restart`
    expect((await dashboard.send('POST', action, { timeoutSeconds: 0 })).status).toBe(200)
    expect((await dashboard.send<Health>('GET', '/api/health/ready')).status).toBe(200)
  }

  /** Everything the Engine has is kept, each line once. */
  async function nothingIsLost(): Promise<void> {
    engine.docker('pause', writer)
    const written = engine.docker('logs', writer).split('\n').length
    await expect.poll(kept, { timeout: 30_000 }).toBe(written)
    engine.docker('unpause', writer)
    expect(log.texts.slice(0, written)).toEqual(engine.docker('logs', writer).split('\n').slice(0, written))
    expect(dashboard.isAlive()).toBe(true)
  }

  const faults: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    ['Postgres killed', () => postgres.docker('kill'), () => postgres.docker('start')],
    ['Postgres frozen', () => postgres.docker('pause'), () => postgres.docker('unpause')],
  ]
  it.each(faults)(
    '%s',
    async (fault, breakIt, mendIt) => {
      await breakIt()
      const breaking = since()
      const noticed = untilRecording('paused').then(breaking)
      await restGoesOn()
      const noticedMs = await noticed
      const memoryMb = dashboard.memoryMb()
      await mendIt()
      const healing = since()
      await untilRecording('recording')
      const healedMs = healing()
      await nothingIsLost()
      report({ fault, seen: 'recording paused, all else goes on', noticedMs, healedMs, memoryMb })
    },
    120_000,
  )

  it('slow', async () => {
    wire.delayMs = 200
    await restGoesOn()
    await untilRecording('recording')
    await nothingIsLost()
    wire.delayMs = 0
    report({
      fault: 'Postgres answers 0.2 s late',
      seen: 'nothing; recorded late',
      memoryMb: dashboard.memoryMb(),
    })
  }, 120_000)
})

/** A line to a port of this machine that can be slow. */
class Wire {
  delayMs = 0
  readonly port: number
  readonly #server
  readonly #sockets = new Set<Socket>()

  private constructor(port: number, toPort: number) {
    this.port = port
    this.#server = createServer((near) => {
      const far = connect(toPort, '127.0.0.1')
      this.#pass(near, far)
      this.#pass(far, near)
    })
  }

  static async open(toPort: number): Promise<Wire> {
    const wire = new Wire(await freePort(), toPort)
    await new Promise<void>((resolve) => wire.#server.listen(wire.port, '127.0.0.1', resolve))
    return wire
  }

  close(): void {
    this.#server.close()
    for (const socket of this.#sockets) socket.destroy()
  }

  #pass(from: Socket, to: Socket): void {
    this.#sockets.add(from)
    from.on('data', (bytes) => void setTimeout(() => to.writable && to.write(bytes), this.delayMs))
    from.on('error', () => undefined)
    from.on('close', () => {
      this.#sockets.delete(from)
      to.destroy()
    })
  }
}

import { afterEach, describe, expect, it } from 'vitest'
import type { AuditPage } from '#lib/api/audit'
import type { HistoryOverview } from '#lib/api/history'
import type { Health } from '#lib/api/health'
import type { ErrorBody } from '#lib/api/errors'
import { codeOf } from '../engine/front-client.ts'
import { startDashboard } from './dashboard.ts'
import { emptyDisk, fillDisk, SmallDisk } from './disk.ts'
import { Page } from './page.ts'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'
import { report } from './report.ts'
import { since, undoAll, undoLater } from './undo.ts'

const writing = 'i=0; while :; do i=$((i+1)); echo $i; usleep 20000; done'

afterEach(undoAll)

describe.skipIf(!canRunPrivateEngine)('a full disk', () => {
  it('of the dashboard: nothing is changed, reading goes on, recording pauses and heals', async () => {
    const engine = new PrivateEngine()
    undoLater(() => engine.remove())
    await engine.start()
    engine.load('busybox:latest')
    const writer = engine.run('writer', writing)
    const disk = new SmallDisk(12)
    undoLater(() => disk.remove())
    const dashboard = await startDashboard(engine, { COMPOSURE_DATA_DIR: disk.path, COMPOSURE_HISTORY: 'on' })
    undoLater(() => dashboard.stop())
    const page = await Page.open(dashboard)
    undoLater(() => page.close())
    const log = await page.follow({ containerIds: [writer], tail: 'all' })
    await page.until(() => log.texts.length > 20, 'lines')
    const overview = async () => (await dashboard.send<HistoryOverview>('GET', '/api/history')).body
    await expect.poll(async () => (await overview()).lineCount, { timeout: 20_000 }).toBeGreaterThan(20)

    disk.fill()
    const began = since()
    const startedAtMs = page.containers.get(writer)?.startedAtMs
    const refused = await dashboard.send<ErrorBody>('POST', `/api/containers/${writer}/actions/restart`, {})
    expect(codeOf(refused)).toBe('audit_unavailable')
    expect(refused.body.error.hint).toContain('room')
    await expect
      .poll(async () => (await overview()).recording, { timeout: 40_000 })
      .toMatchObject({ state: 'paused', reason: 'full' })
    const noticedMs = began()
    const ready = await dashboard.send<Health>('GET', '/api/health/ready')
    expect(ready).toMatchObject({ status: 503, body: { store: 'failing', recording: 'paused' } })
    expect((await dashboard.send('GET', '/api/containers')).status).toBe(200)
    expect((await dashboard.send<AuditPage>('GET', '/api/audit')).status).toBe(200)
    const seen = log.texts.length
    await page.until(() => log.texts.length > seen + 20, 'lines while the disk is full')
    expect(page.containers.get(writer)?.startedAtMs).toBe(startedAtMs)
    const memoryMb = dashboard.memoryMb()

    disk.empty()
    const healing = since()
    await expect.poll(async () => (await overview()).recording.state, { timeout: 40_000 }).toBe('recording')
    const healedMs = healing()
    expect((await dashboard.send('GET', '/api/health/ready')).status).toBe(200)
    expect((await dashboard.send('POST', `/api/containers/${writer}/actions/stop`, {})).status).toBe(200)
    const written = engine.docker('logs', writer).split('\n').length
    await expect.poll(async () => (await overview()).lineCount, { timeout: 20_000 }).toBe(written)
    await page.until(() => log.texts.length === written, 'every line')
    expect(log.texts).toEqual(engine.docker('logs', writer).split('\n'))
    expect(dashboard.isAlive()).toBe(true)
    report({
      fault: 'disk of the dashboard full',
      seen: 'audit_unavailable, recording paused: full',
      noticedMs,
      healedMs,
      memoryMb,
    })
  })

  it('of the Engine: what did not happen is not called done, and the reason is said', async () => {
    const engine = new PrivateEngine({ dataMegabytes: 60 })
    undoLater(() => engine.remove())
    undoLater(() => emptyDisk(engine.dataRoot))
    await engine.start()
    engine.load('busybox:latest')
    const writer = engine.run('writer', writing)
    const stopped = engine.docker(
      'create',
      '--network',
      'none',
      '--name',
      'stopped',
      'busybox:latest',
      'sleep',
      '600',
    )
    const dashboard = await startDashboard(engine)
    undoLater(() => dashboard.stop())
    const page = await Page.open(dashboard)
    undoLater(() => page.close())
    await page.until(() => page.containers.size === 2, 'containers')

    fillDisk(engine.dataRoot)
    const began = since()
    const act = (id: string, action: string) =>
      dashboard.send<ErrorBody>('POST', `/api/containers/${id}/actions/${action}`, {})
    const start = await act(stopped, 'start')
    const noticedMs = began()
    const stop = await act(writer, 'stop')
    const seen = [start, stop].map((answer) => `${answer.status} ${codeOf(answer)}`).join(', ')
    expect(start.status).toBeGreaterThanOrEqual(400)
    expect(start.body.error.message).toBe('Docker has no space left.')
    // Whatever was answered, it is how the Engine has it.
    const state = engine.docker('inspect', '--format', '{{.State.Status}}', writer)
    expect(stop.status < 300 ? state : 'said').toBe(stop.status < 300 ? 'exited' : 'said')
    expect((await dashboard.send('GET', '/api/containers')).status).toBe(200)
    const memoryMb = dashboard.memoryMb()

    emptyDisk(engine.dataRoot)
    const healing = since()
    await expect.poll(async () => (await act(stopped, 'start')).status, { timeout: 20_000 }).toBe(200)
    await page.until(() => page.containers.get(stopped)?.state === 'running', 'the container runs')
    report({ fault: 'disk of the Engine full', seen, noticedMs, healedMs: healing(), memoryMb })
  })
})

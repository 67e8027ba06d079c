import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditPage } from '#lib/api/audit'
import type { ExecOpened } from '#lib/docker/exec'
import { type Dashboard, startDashboard } from './dashboard.ts'
import { Page } from './page.ts'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'
import { report } from './report.ts'
import { Shell } from './shell.ts'
import { since } from './undo.ts'

const writing = 'i=0; while :; do i=$((i+1)); echo $i; usleep 20000; done'

describe.skipIf(!canRunPrivateEngine)('a container under the eyes of somebody', () => {
  const engine = new PrivateEngine()
  let dashboard: Dashboard
  let page: Page

  beforeAll(async () => {
    await engine.start()
    engine.load('busybox:latest')
    dashboard = await startDashboard(engine)
    page = await Page.open(dashboard)
  })

  afterAll(async () => {
    page.close()
    await dashboard.stop()
    await engine.remove()
  })

  const known = (id: string) => page.until(() => page.containers.has(id), 'the container')
  /** Feeds linger some seconds for a browser that comes back. */
  const nothingStays = (name: string) =>
    expect.poll(() => dashboard.metric(name), { timeout: 30_000 }).toBe(0)

  it('is removed while its log is read', async () => {
    const id = engine.run('removed', writing)
    await known(id)
    const log = await page.follow({ containerIds: [id], tail: 'all' })
    await page.until(() => log.texts.length > 50, 'lines')
    const began = since()
    engine.docker('rm', '-f', id)
    await page.until(() => log.states.includes('removed'), 'that it was removed')
    const noticedMs = began()
    expect(log.markers).toContain('removed')
    expect(log.texts).toEqual(log.texts.map((_, index) => String(index + 1)))
    await nothingStays('log_feeds')
    report({
      fault: 'container removed mid-log',
      seen: 'every line, then: removed',
      noticedMs,
      memoryMb: dashboard.memoryMb(),
    })
  })

  it('is removed while a shell is open in it', async () => {
    const id = engine.run('shelled', 'sleep 600')
    await known(id)
    const { body } = await dashboard.send<ExecOpened>('POST', `/api/containers/${id}/exec`, {
      cols: 80,
      rows: 24,
    })
    const shell = await Shell.open(dashboard, body)
    shell.type('echo $((40+2)); yes\n')
    await shell.shows('42')
    expect(await dashboard.metric('shells')).toBe(1)
    const began = since()
    engine.docker('rm', '-f', id)
    const end = await shell.ended()
    const noticedMs = began()
    expect(end.reason).toMatch(/^container_(?:removed|stopped)$/)
    await nothingStays('shells')
    const { body: audit } = await dashboard.send<AuditPage>('GET', '/api/audit?action=container.exec-end')
    expect(audit.entries[0]).toMatchObject({ targetId: id, params: { reason: end.reason } })
    report({
      fault: 'container removed mid-exec',
      seen: end.reason,
      noticedMs,
      memoryMb: dashboard.memoryMb(),
    })
  })

  it('has its log file cut to nothing', async () => {
    const id = engine.run('cut', writing)
    await known(id)
    const log = await page.follow({ containerIds: [id], tail: 'all' })
    await page.until(() => log.texts.length > 50, 'lines')
    truncateSync(logFile(id), 0)
    const began = since()
    await page.until(() => log.gaps.length > 0, 'that lines are missing')
    const noticedMs = began()
    expect(log.gaps[0]?.reason).toBe('rotated')
    const seen = log.texts.length
    await page.until(() => log.texts.length > seen + 50, 'lines after the cut')
    const numbers = log.texts.map(Number)
    const holes = numbers.filter((number, index) => number !== (numbers[index - 1] ?? 0) + 1)
    expect(holes.length).toBeLessThanOrEqual(1)
    expect(new Set(numbers).size).toBe(numbers.length)
    engine.docker('rm', '-f', id)
    report({
      fault: 'log file truncated',
      seen: 'a gap, then it goes on',
      noticedMs,
      memoryMb: dashboard.memoryMb(),
    })
  })

  it('logs through a clock that jumps a day back and a day ahead', async () => {
    const id = engine.run('jumped', 'seq 1 90')
    await known(id)
    await page.until(() => page.containers.get(id)?.state === 'exited', 'its end')
    // The machine’s clock is everybody’s: what the Engine would have written is written instead.
    const lines = readFileSync(logFile(id), 'utf8').trimEnd().split('\n')
    const shifted = lines.map((line, index) =>
      shift(line, [0, -86_400_000, 86_400_000][Math.floor(index / 30)] ?? 0),
    )
    writeFileSync(logFile(id), `${shifted.join('\n')}\n`)
    const numbers = Array.from({ length: 90 }, (_, index) => String(index + 1))
    for (const [tail, count] of [
      ['all', 90],
      [75, 75],
      [20, 20],
    ] as const) {
      const log = await page.follow({ containerIds: [id], tail })
      await page.until(() => log.isCaughtUp, 'its history')
      expect(log.texts).toEqual(numbers.slice(-count))
    }
    report({
      fault: 'clock jumps a day back, two ahead',
      seen: 'each line once, as written',
      memoryMb: dashboard.memoryMb(),
    })
  })

  function logFile(id: string): string {
    return join(engine.dataRoot, 'containers', id, `${id}-json.log`)
  }
})

function shift(line: string, ms: number): string {
  const entry = JSON.parse(line) as { time: string }
  const fraction = entry.time.slice(19)
  const seconds = new Date(new Date(`${entry.time.slice(0, 19)}Z`).getTime() + ms).toISOString().slice(0, 19)
  return JSON.stringify({ ...entry, time: `${seconds}${fraction}` })
}

import { afterEach, describe, expect, it } from 'vitest'
import type { ExecOpened } from '#lib/docker/exec'
import { makeClock } from '../fixtures/clock.ts'
import { startDashboard } from './dashboard.ts'
import { Page } from './page.ts'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'
import { report } from './report.ts'
import { Shell } from './shell.ts'
import { undoAll, undoLater } from './undo.ts'

const counting = 'i=0; while :; do i=$((i+1)); echo $i; usleep 20000; done'
const hourMs = 3_600_000

afterEach(undoAll)

describe.skipIf(!canRunPrivateEngine)('the clock of the dashboard', () => {
  it('jumps an hour ahead, and back two: nobody is signed out, nothing is cut off, nothing stands still', async () => {
    const engine = new PrivateEngine({ isLiveRestore: true })
    undoLater(() => engine.remove())
    await engine.start()
    engine.load('busybox:latest')
    const counter = engine.run('counter', counting)
    const clock = makeClock()
    undoLater(() => clock.remove())
    const dashboard = await startDashboard(engine, { ...clock.env, COMPOSURE_HISTORY: 'on' })
    undoLater(() => dashboard.stop())
    const page = await Page.open(dashboard)
    undoLater(() => page.close())
    await page.untilConnected()
    const log = await page.follow({ containerIds: [counter], tail: 'all' })
    await page.until(() => log.texts.length > 10, 'lines')
    const { body } = await dashboard.send<ExecOpened>('POST', `/api/containers/${counter}/exec`, {
      cols: 80,
      rows: 24,
    })
    const shell = await Shell.open(dashboard, body)
    undoLater(() => shell.close())
    const kept = async () =>
      (await dashboard.send<{ lineCount: number }[]>('GET', `/api/history/containers?id=${counter}`)).body[0]
        ?.lineCount ?? 0

    for (const [index, offsetMs] of [hourMs, -hourMs].entries()) {
      clock.set(offsetMs)
      const seen = log.texts.length
      await page.until(() => log.texts.length > seen + 20, 'lines after the jump')
      shell.type(`echo jump-$((${index}+40))\n`)
      await shell.shows(`jump-${index + 40}`)
      expect((await dashboard.send('GET', '/api/session')).status).toBe(200)
      const keptBefore = await kept()
      await expect.poll(kept, { timeout: 20_000 }).toBeGreaterThan(keptBefore)
      const action = `/api/containers/${counter}/actions/pause`
      expect((await dashboard.send('POST', action, {})).status).toBe(200)
      await page.until(() => page.containers.get(counter)?.state === 'paused', 'paused')
      expect((await dashboard.send('POST', action.replace('pause', 'unpause'), {})).status).toBe(200)
    }
    shell.close()
    // What it waits for, it still waits for: the Engine's end is noticed and healed from.
    await engine.kill()
    const noticedMs = await page.untilAway('socket_refused')
    await engine.start()
    const healedMs = await page.untilConnected()
    const seen = log.texts.length
    await page.until(() => log.texts.length > seen + 20, 'lines after the Engine came back')
    const numbers = log.texts.map(Number)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(dashboard.isAlive()).toBe(true)
    report({
      fault: 'clock an hour ahead, then two back',
      seen: 'nothing: signed in, lines in order, shell open',
      noticedMs,
      healedMs,
      memoryMb: dashboard.memoryMb(),
    })
  }, 120_000)
})

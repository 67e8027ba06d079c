import { readdirSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import type { AuditPage } from '#lib/api/audit'
import type { HistoryContainer } from '#lib/api/history'
import type { ExecOpened } from '#lib/docker/exec'
import type { JobPage } from '#lib/jobs/job'
import { makeComposeFolder } from './compose-folder.ts'
import { type Dashboard, startDashboard } from './dashboard.ts'
import { Page } from './page.ts'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'
import { report } from './report.ts'
import { Shell } from './shell.ts'
import { since, undoAll, undoLater } from './undo.ts'

afterEach(undoAll)

interface Scene {
  engine: PrivateEngine
  dashboard: Dashboard
  writer: string
  shelled: string
  page: Page
  shell: Shell
}

/** Ends the marked processes of shells, wherever they are: those of this machine that carry the mark. */
function markedProcesses(sessionId: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`COMPOSURE_EXEC_ID=${sessionId}`)
      } catch {
        return false
      }
    })
}

describe.skipIf(!canRunPrivateEngine)('the dashboard ends in the middle of everything', () => {
  /** Streams, a shell that is busy, a job that runs, an action under way, recording. */
  async function everythingAtOnce(): Promise<Scene & { sessionId: string; jobId: string }> {
    const engine = new PrivateEngine()
    undoLater(() => engine.remove())
    await engine.start()
    engine.load('busybox:latest')
    const writer = engine.run('writer', 'i=0; while :; do i=$((i+1)); echo $i; usleep 20000; done')
    const shelled = engine.run('shelled', 'sleep 600')
    const stubborn = engine.docker(
      'run',
      '-d',
      '--network',
      'none',
      '--name',
      'stubborn',
      'busybox:latest',
      'sleep',
      '600',
    )
    const folder = makeComposeFolder(engine)
    undoLater(() => folder.remove())
    const dashboard = await startDashboard(engine, { COMPOSURE_HISTORY: 'on' })
    undoLater(() => dashboard.isAlive() && dashboard.stop())
    const page = await Page.open(dashboard)
    undoLater(() => page.close())
    await page.until(() => page.containers.size >= 4, 'containers')
    const log = await page.follow({ containerIds: [writer], tail: 'all' })
    await page.until(() => log.texts.length > 50, 'lines')
    const opened = await dashboard.send<ExecOpened>('POST', `/api/containers/${shelled}/exec`, {
      cols: 80,
      rows: 24,
    })
    const shell = await Shell.open(dashboard, opened.body)
    undoLater(() => shell.close())
    const sessionId = opened.body.session.id
    shell.type('trap "" INT TERM; sleep 1234 & sleep 4321 & echo $((40+2)); yes >/dev/null\n')
    await shell.shows('42')
    const job = await dashboard.send<{ id: string }>(
      'POST',
      `/api/projects/${folder.project}/compose/down`,
      {},
    )
    expect(job.status).toBe(200)
    // Takes its whole patience: `sleep` as the first process does not listen.
    void dashboard
      .send('POST', `/api/containers/${stubborn}/actions/stop`, { timeoutSeconds: 30 })
      .catch(() => undefined)
    await expect.poll(() => dashboard.metric('jobs_running')).toBe(1)
    await expect.poll(async () => (await audit(dashboard, 'container.stop'))?.result).toBe('unknown')
    expect(markedProcesses(sessionId).length).toBeGreaterThan(2)
    return { engine, dashboard, writer, shelled, page, shell, sessionId, jobId: job.body.id }
  }

  const audit = async (dashboard: Dashboard, action: string) =>
    (await dashboard.send<AuditPage>('GET', `/api/audit?action=${action}`)).body.entries[0]

  it('killed with -9: the next start is clean', async () => {
    const scene = await everythingAtOnce()
    const memoryMb = scene.dashboard.memoryMb()
    const gone = new Promise((resolve) => scene.dashboard.process.once('exit', resolve))
    scene.dashboard.process.kill('SIGKILL')
    await gone
    const began = since()
    const { dataDir, port } = scene.dashboard
    const next = await startDashboard(scene.engine, {
      COMPOSURE_HISTORY: 'on',
      COMPOSURE_DATA_DIR: dataDir,
      PORT: String(port),
    })
    undoLater(() => next.stop())
    const healedMs = began()
    const jobs = await next.send<JobPage>('GET', '/api/jobs')
    expect(jobs.body.jobs.find(({ id }) => id === scene.jobId)?.state).toBe('interrupted')
    expect((await audit(next, 'container.stop'))?.result).toBe('unknown')
    await expect.poll(() => markedProcesses(scene.sessionId), { timeout: 40_000 }).toEqual([])
    expect(composeProcesses(scene.engine.socket)).toEqual([])
    // The archive goes on where it was: every line once.
    scene.engine.docker('pause', scene.writer)
    const written = scene.engine.docker('logs', scene.writer).split('\n').length
    const kept = async () =>
      (await next.send<HistoryContainer[]>('GET', `/api/history/containers?id=${scene.writer}`)).body[0]
        ?.lineCount
    await expect.poll(kept, { timeout: 30_000 }).toBe(written)
    scene.engine.docker('unpause', scene.writer)
    report({
      fault: 'dashboard killed with -9',
      seen: 'job interrupted, audit unknown, no process left',
      healedMs,
      memoryMb,
    })
  }, 120_000)

  it('asked to end (SIGTERM): in 5 s, with status 0 and a good-bye', async () => {
    const scene = await everythingAtOnce()
    const memoryMb = scene.dashboard.memoryMb()
    const ended = new Promise((resolve) => scene.dashboard.process.once('exit', (status) => resolve(status)))
    const began = since()
    scene.dashboard.process.kill('SIGTERM')
    expect(await ended).toBe(0)
    const tookMs = began()
    await scene.shell.closed()
    expect(markedProcesses(scene.sessionId)).toEqual([])
    expect(composeProcesses(scene.engine.socket)).toEqual([])
    // Docker would kill it after 10 s.
    expect(tookMs).toBeLessThan(10_000)
    report({
      fault: 'dashboard asked to end',
      seen: `status 0 after ${tookMs} ms, no process left`,
      memoryMb,
    })
  }, 120_000)
})

/** Compose runs that work for this Engine. */
function composeProcesses(socket: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const isCompose = readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('docker-compose')
        return isCompose && readFileSync(`/proc/${pid}/environ`, 'utf8').includes(socket)
      } catch {
        return false
      }
    })
}

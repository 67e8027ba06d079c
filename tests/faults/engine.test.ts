import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf } from '../engine/front-client.ts'
import { type Dashboard, startDashboard } from './dashboard.ts'
import { type LogView, Page } from './page.ts'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'
import { report } from './report.ts'

const counting = 'i=0; while :; do i=$((i+1)); echo $i; usleep 20000; done'

const canDropRights = spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0
if (!canDropRights) console.warn('skipped: a socket that root may not open needs setpriv')

describe.skipIf(!canRunPrivateEngine)('the Engine goes away while somebody looks', () => {
  const engine = new PrivateEngine({ isLiveRestore: true })
  let dashboard: Dashboard
  let page: Page
  let counter: string
  let log: LogView

  beforeAll(async () => {
    await engine.start()
    engine.load('busybox:latest')
    counter = engine.run('counter', counting)
    dashboard = await startDashboard(engine)
    page = await Page.open(dashboard)
    await page.untilConnected()
    log = await page.follow({ containerIds: [counter], tail: 'all' })
    await page.until(() => log.texts.length > 10, 'lines')
  })

  afterAll(async () => {
    page.close()
    await dashboard.stop()
    await engine.remove()
  })

  /** Each line once and in order; where one is missing a gap says so. */
  async function logGoesOn(): Promise<void> {
    const seen = log.texts.length
    await page.until(() => log.texts.length > seen + 20, 'lines after the fault')
    const numbers = log.texts.map(Number)
    const holes = numbers.filter((number, index) => index > 0 && number !== (numbers[index - 1] ?? 0) + 1)
    expect(holes.length).toBeLessThanOrEqual(log.gaps.length)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
  }

  async function goesAndComes(
    fault: string,
    problem: string,
    code: string,
    [breakIt, mendIt]: [() => unknown, () => unknown],
  ): Promise<void> {
    const beganAtMs = performance.now()
    const breaking = breakIt()
    await page.untilAway(problem)
    const noticedMs = Math.round(performance.now() - beganAtMs)
    await breaking
    // What was known is still there, and an action is refused at once, with the reason.
    expect((await dashboard.send<{ id: string }[]>('GET', '/api/containers')).text).toContain(counter)
    const refused = await dashboard.send('POST', `/api/containers/${counter}/actions/restart`, {})
    expect(codeOf(refused)).toBe(code)
    expect((await dashboard.send('GET', '/api/health')).status).toBe(200)
    expect((await dashboard.send('GET', '/api/health/ready')).status).toBe(503)
    expect(await dashboard.metric('engine_calls_in_flight')).toBeLessThanOrEqual(32)
    await mendIt()
    const healedMs = await page.untilConnected()
    await logGoesOn()
    report({ fault, seen: `${problem}, ${code}`, noticedMs, healedMs, memoryMb: dashboard.memoryMb() })
  }

  it('killed', () =>
    goesAndComes('Engine killed', 'socket_refused', 'engine_unreachable', [
      () => engine.kill(),
      () => engine.start(),
    ]))

  it('stopped', () =>
    goesAndComes('Engine stopped', 'socket_missing', 'engine_unreachable', [
      () => engine.stop(),
      () => engine.start(),
    ]))

  it('frozen for 30 s', async () => {
    let frozenAtMs = 0
    const startedAtMs = page.containers.get(counter)?.startedAtMs
    await goesAndComes('Engine frozen for 30 s', 'not_answering', 'engine_timeout', [
      () => {
        frozenAtMs = performance.now()
        engine.signal('SIGSTOP')
      },
      async () => {
        while (performance.now() - frozenAtMs < 30_000) await staysUsable()
        engine.signal('SIGCONT')
      },
    ])
    // What was asked for meanwhile is not done later, when nobody expects it any more.
    expect(page.containers.get(counter)?.startedAtMs).toBe(startedAtMs)
  }, 90_000)

  /** A second of somebody who goes on reading and pressing. */
  async function staysUsable(): Promise<void> {
    const [pressed, listed] = await Promise.all([
      dashboard.send('POST', `/api/containers/${counter}/actions/restart`, {}),
      dashboard.send('GET', '/api/containers'),
      sleep(1_000),
    ])
    expect([codeOf(pressed), listed.status]).toEqual(['engine_timeout', 200])
    expect(page.engine).toMatchObject({ state: 'away', problem: 'not_answering' })
    expect(await dashboard.metric('engine_calls_in_flight')).toBeLessThanOrEqual(32)
  }

  const away = `${engine.socket}.away`
  const sockets: [string, string, () => void, () => void][] = [
    ['socket removed', 'socket_missing', () => undefined, () => undefined],
    [
      'socket replaced by a folder',
      'socket_refused',
      () => mkdirSync(engine.socket),
      () => rmdirSync(engine.socket),
    ],
    [
      'socket replaced by a file',
      'socket_refused',
      () => writeFileSync(engine.socket, ''),
      () => rmSync(engine.socket),
    ],
  ]
  it.each(sockets)('%s', (fault, problem, put, take) =>
    goesAndComes(fault, problem, 'engine_unreachable', [
      () => {
        renameSync(engine.socket, away)
        put()
      },
      () => {
        take()
        renameSync(away, engine.socket)
      },
    ]),
  )

  // Root may open everything: this dashboard is root without that right.
  it.skipIf(!canDropRights)('socket that may not be opened', async () => {
    const rights = '--bounding-set=-dac_override,-dac_read_search'
    const limited = await startDashboard(engine, {}, ['setpriv', rights])
    const viewer = await Page.open(limited)
    await viewer.untilConnected()
    chmodSync(engine.socket, 0o000)
    const noticedMs = await viewer.untilAway('socket_forbidden')
    chmodSync(engine.socket, 0o660)
    const healedMs = await viewer.untilConnected()
    viewer.close()
    const memoryMb = limited.memoryMb()
    expect(await limited.stop()).toBe(0)
    report({ fault: 'socket with mode 000', seen: 'socket_forbidden', noticedMs, healedMs, memoryMb })
  })

  it('more events are missed than the Engine remembers', async () => {
    renameSync(engine.socket, away)
    await page.untilAway('socket_missing')
    const docker = new Docker({ socketPath: away })
    const names = Array.from({ length: 400 }, (_, index) => `missed-${index}`)
    for (const Name of names) await docker.createVolume({ Name })
    for (const name of names.slice(0, 100)) await docker.getVolume(name).remove()
    const made = await docker.createContainer({ Image: 'busybox:latest', name: 'missed' })
    renameSync(away, engine.socket)
    const healedMs = await page.until(
      () => page.volumes.size === 300 && page.containers.has(made.id),
      'what the Engine has now',
    )
    await made.remove()
    for (const name of names.slice(100))
      await docker
        .getVolume(name)
        .remove()
        .catch(() => undefined)
    report({
      fault: '500 events missed',
      seen: 'lists as the Engine has them',
      healedMs,
      memoryMb: dashboard.memoryMb(),
    })
  })
})

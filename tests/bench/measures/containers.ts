import { request } from 'node:http'
import type { BrowserContext, Page } from '@playwright/test'
import { ask } from '../../engine/front-client.ts'
import { type Bench, type BenchServer, pause, until } from '../bench.ts'
import { cpuSeconds } from '../../fixtures/process-cost.ts'
import { openBrowser } from '../browser.ts'
import { atMost, p95AtMost, type Row, type Target } from '../measure.ts'
import { engineSocket, watchEngine } from '../raw-engine.ts'

/** How fast the screen follows the Engine, with a few containers and with a thousand, and what a thousand cost. */
export async function measureContainers(bench: Bench): Promise<Row[]> {
  const server = await bench.newServer()
  const id = await bench.run('watched', 'trap "exit 0" TERM; while :; do sleep 0.05; done', ['-l', 'x=1'])
  const context = await openBrowser(bench, server)
  const few = await changes(bench, context, id)
  const many = bench.isQuick ? 200 : 1_000
  await create(bench, many)
  await until(async () => (await listed(server)).count >= many, `${many} containers in the list`)
  const crowd = await changes(bench, context, id)
  const page = await pageRows(bench, context, many)
  const list = await listRows(bench, server, many)
  const idle = await idleCpu(bench, server, context)
  await context.browser()?.close()
  return [
    changeRow('change on screen behind the Engine’s event', few.screen, atMost(25, 'ms')),
    changeRow(`the same with ${many.toLocaleString('en')} containers`, crowd.screen, p95AtMost(250, 'ms')),
    {
      what: 'click on Stop to the change on screen, without the Engine’s own time',
      unit: 'ms',
      values: few.click,
      target: atMost(100, 'ms'),
    },
    ...list,
    ...page,
    ...idle,
  ]
}

function changeRow(what: string, values: number[], target: Target): Row {
  return { what, unit: 'ms', values, target }
}

/** Kills and starts the container a few times while its row is on screen, then stops it by a click. */
async function changes(
  bench: Bench,
  context: BrowserContext,
  id: string,
): Promise<{ screen: number[]; click: number[] }> {
  const page = await context.newPage()
  await page.goto(`/containers?q=${bench.prefix}-watched`)
  await page.locator(`[data-container="${id}"]`).waitFor()
  const events = await watchEngine(id)
  const [screen, click]: [number[], number[]] = [[], []]
  for (const _ of bench.rounds(10)) {
    for (const verb of ['kill', 'start'] as const) {
      const word = verb === 'kill' ? 'exit|kill|stop' : 'running'
      const shown = page.evaluate(watchRow, { id, word })
      const happened = events.next(verb === 'kill' ? 'die' : 'start')
      await act(id, verb)
      screen.push((await shown) - (await happened))
    }
    const shown = page.evaluate(watchRow, { id, word: '^(?!.*running).*(exit|stopped|completed)' })
    const asked = events.next('kill')
    const happened = events.next('die')
    const clickedAtMs = Date.now()
    await page.getByRole('button', { name: `Stop ${bench.prefix}-watched` }).click()
    // From the click to the Engine's first event and from its last to the screen: what is between is the Engine's own.
    click.push((await asked) - clickedAtMs + (await shown) - (await happened))
    await act(id, 'start')
    await page.getByRole('button', { name: `Stop ${bench.prefix}-watched` }).waitFor()
  }
  events.close()
  await page.close()
  return { screen, click }
}

/** In the page: the time (epoch, ms) at which the row says this. */
function watchRow({ id, word }: { id: string; word: string }): Promise<number> {
  const row = (): string => document.querySelector(`[data-container="${id}"]`)?.textContent ?? ''
  return new Promise((resolve) => {
    const look = (): void => {
      if (!new RegExp(word).test(row())) return
      observer.disconnect()
      resolve(performance.timeOrigin + performance.now())
    }
    const observer = new MutationObserver(look)
    observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    look()
  })
}

function act(id: string, verb: 'kill' | 'start'): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      { socketPath: engineSocket, method: 'POST', path: `/containers/${id}/${verb}` },
      (answer) => {
        answer.resume()
        answer.on('end', resolve)
      },
    )
    call.on('error', reject)
    call.end()
  })
}

/** Containers that were never started, ten at a time. */
async function create(bench: Bench, count: number): Promise<void> {
  const body = JSON.stringify({
    Image: 'busybox:latest',
    Cmd: ['true'],
    Labels: { 'composure.bench': bench.prefix },
    HostConfig: { NetworkMode: 'none' },
  })
  const one = (name: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
      const path = `/containers/create?name=${name}`
      const call = request({ socketPath: engineSocket, method: 'POST', path, headers }, (answer) => {
        answer.resume()
        answer.on('end', resolve)
      })
      call.on('error', reject)
      call.end(body)
    })
  for (let at = 0; at < count && !bench.signal.aborted; at += 10)
    await Promise.all(Array.from({ length: 10 }, (_, i) => one(`${bench.prefix}-many-${at + i}`)))
}

async function listed(server: BenchServer): Promise<{ count: number; ms: number }> {
  const { cookie } = server.person
  const started = performance.now()
  const { text } = await ask(server, { path: '/api/containers', headers: { cookie } })
  const ms = performance.now() - started
  const answer = JSON.parse(text) as { containers?: unknown[] } | unknown[]
  return { count: (Array.isArray(answer) ? answer : (answer.containers ?? [])).length, ms }
}

async function listRows(bench: Bench, server: BenchServer, many: number): Promise<Row[]> {
  const [own, engine]: [number[], number[]] = [[], []]
  for (const _ of bench.rounds(20)) {
    own.push((await listed(server)).ms)
    engine.push(await listOfEngine())
  }
  return [
    {
      what: `list of ${many.toLocaleString('en')} containers`,
      unit: 'ms',
      values: own,
      yardstick: { name: 'Engine’s own list', values: engine },
      target: atMost(50, 'ms'),
    },
  ]
}

function listOfEngine(): Promise<number> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: engineSocket, path: '/containers/json?all=1' }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(performance.now() - started))
    })
    call.on('error', reject)
    call.end()
  })
}

async function pageRows(bench: Bench, context: BrowserContext, many: number): Promise<Row[]> {
  const [shown, nodes]: [number[], number[]] = [[], []]
  for (const _ of bench.rounds(5)) {
    const page = await context.newPage()
    await page.addInitScript(watchFirstRow)
    await page.goto('/containers', { waitUntil: 'commit' })
    shown.push(await firstRowMs(page))
    await pause(500)
    nodes.push(await page.evaluate(() => document.querySelectorAll('*').length))
    await page.close()
  }
  const what = `page of ${many.toLocaleString('en')} containers`
  return [
    { what: `${what}: first row from the click`, unit: 'ms', values: shown, target: atMost(300, 'ms') },
    { what: `${what}: DOM nodes`, unit: '', values: nodes, target: atMost(1_500) },
  ]
}

/** In the page, before anything else: remembers when the first container stood there. */
function watchFirstRow(): void {
  const look = (): void => {
    if (!document.querySelector('[data-container]')) return
    observer.disconnect()
    Object.assign(window, { benchFirstRowMs: performance.now() })
  }
  const observer = new MutationObserver(look)
  observer.observe(document, { subtree: true, childList: true })
}

async function firstRowMs(page: Page): Promise<number> {
  const handle = await page.waitForFunction(
    () => (window as unknown as { benchFirstRowMs?: number }).benchFirstRowMs ?? false,
  )
  return Number(await handle.jsonValue())
}

async function idleCpu(bench: Bench, server: BenchServer, context: BrowserContext): Promise<Row[]> {
  const seconds = bench.isQuick ? 5 : 20
  const share = async (): Promise<number> => {
    const before = cpuSeconds(server.pid)
    await pause(seconds * 1000)
    return ((cpuSeconds(server.pid) - before) / seconds) * 100
  }
  // What the measures before left behind is collected in the first half minute of rest.
  await pause(bench.isQuick ? 5_000 : 30_000)
  const alone = await share()
  const page = await context.newPage()
  await page.goto('/containers')
  await pause(5_000)
  const withTab = await share()
  await page.close()
  const note = 'other things that happen on the Engine in the meantime count too'
  return [
    { what: 'CPU of the server, no tab', unit: '%', values: [alone], target: atMost(0.1, '%'), note },
    { what: 'CPU of the server, one tab', unit: '%', values: [withTab], target: atMost(0.4, '%') },
  ]
}

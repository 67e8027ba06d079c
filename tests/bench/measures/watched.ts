import type { Page } from '@playwright/test'
import type { Bench } from '../bench.ts'
import { until } from '../bench.ts'
import { cpuSeconds } from '../../fixtures/process-cost.ts'
import { openBrowser, readTasks, type Smoothness, watchTasks } from '../browser.ts'
import { atMost, neverOver, type Row } from '../measure.ts'

interface Flood {
  name: string
  /** Lines printed at once, and how often a second, for how long. */
  linesAtOnce: number
  timesPerSecond: number
  seconds: number
}

interface Seen extends Smoothness {
  /** From the Engine's time of the last line to that line on screen. */
  endAfterMs: number
  missing: number
  serverCpuSeconds: number
}

/** A flood of lines into a page that watches: how late its end is, what it costs the page, and whether all are there. */
export async function measureWatched(bench: Bench): Promise<Row[]> {
  const seconds = bench.isQuick ? 5 : 20
  const steady = { name: 'steady', linesAtOnce: 500, timesPerSecond: 20, seconds }
  const burst = { name: 'burst', linesAtOnce: 5_000, timesPerSecond: 10, seconds: 1 }
  return [
    ...rowsOf(`10,000 lines/s for ${seconds} s, watched`, await rounds(bench, steady, 2)),
    ...rowsOf('50,000 lines in one second, watched', await rounds(bench, burst, 4)),
  ]
}

function rowsOf(what: string, seen: Seen[]): Row[] {
  const of = (key: keyof Seen): number[] => seen.map((each) => each[key])
  return [
    {
      what: `${what}: end on screen behind the Engine`,
      unit: 'ms',
      values: of('endAfterMs'),
      target: atMost(500, 'ms'),
    },
    { what: `${what}: lines missing`, unit: '', values: of('missing'), target: neverOver(0) },
    {
      what: `${what}: longest task of the page`,
      unit: 'ms',
      values: of('longestTaskMs'),
      target: neverOver(100, 'ms'),
    },
    { what: `${what}: CPU of the server`, unit: 's', values: of('serverCpuSeconds') },
  ]
}

async function rounds(bench: Bench, flood: Flood, count: number): Promise<Seen[]> {
  const server = await bench.server()
  const context = await openBrowser(bench, server)
  const seen: Seen[] = []
  for (const round of bench.rounds(count)) {
    const page = await context.newPage()
    seen.push(await watch(bench, page, server.pid, { ...flood, name: `${flood.name}-${round}` }))
    bench.say(`${flood.name} ${round + 1}: ${JSON.stringify(seen.at(-1))}`)
    await page.close()
  }
  await context.browser()?.close()
  return seen
}

async function watch(bench: Bench, page: Page, serverPid: number, flood: Flood): Promise<Seen> {
  const count = flood.linesAtOnce * flood.timesPerSecond * flood.seconds
  const print = `print "line " i " of a program that prints a great deal of what it does"`
  const step = `if (i % ${flood.linesAtOnce} == 0) { fflush(); system("usleep ${1_000_000 / flood.timesPerSecond}") }`
  const id = await bench.run(
    flood.name,
    `echo begin-of-flood; while [ ! -e /go ]; do sleep 0.05; done; awk 'BEGIN { for (i = 1; i <= ${count}; i++) { ${print}; ${step} } }'; echo the-end; sleep 100000`,
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  const list = page.locator('[data-log-list]')
  await list.getByText('begin-of-flood').waitFor()
  const shown = page.evaluate(watchForText, 'the-end')
  await watchTasks(page)
  const cpu = cpuSeconds(serverPid)
  await bench.docker('exec', id, 'touch', '/go')
  const shownAtMs = await shown
  const serverCpuSeconds = cpuSeconds(serverPid) - cpu
  const smoothness = await readTasks(page)
  const [last = ''] = (await bench.docker('logs', '-t', '--tail', '1', id)).split(' ')
  const rows = await until(
    async () => {
      const held = Number(await list.getAttribute('data-rows'))
      return held >= count + 2 ? held : null
    },
    'all lines held',
    10_000,
  ).catch(async () => Number(await list.getAttribute('data-rows')))
  await bench.docker('rm', '-f', id)
  return {
    ...smoothness,
    endAfterMs: shownAtMs - Date.parse(last),
    missing: count + 2 - rows,
    serverCpuSeconds,
  }
}

/** In the page: the time (epoch, ms) of the frame that has this text in the list. */
function watchForText(text: string): Promise<number> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (document.querySelector('[data-log-list]')?.textContent?.includes(text))
        resolve(performance.timeOrigin + performance.now())
      else requestAnimationFrame(look)
    }
    look()
  })
}

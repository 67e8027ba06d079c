import type { Page } from '@playwright/test'
import { type Bench, until } from '../bench.ts'
import { heapMb, openBrowser, readTasks, watchTasks } from '../browser.ts'
import { atLeast, atMost, neverOver, type Row } from '../measure.ts'

/** A page that holds a million lines: what they weigh, and what it costs to add to them and to filter them. */
export async function measureHeld(bench: Bench): Promise<Row[]> {
  const server = await bench.server()
  const context = await openBrowser(bench, server)
  const page = await context.newPage()
  const id = await bench.run(
    'held',
    `echo begin-of-fill; ${['fill', ...bench.rounds().map((round) => `more${round}`)].map(part(bench)).join('; ')}; sleep 100000`,
  )
  await page.goto(`/containers/${id.slice(0, 12)}/logs`)
  const list = page.locator('[data-log-list]')
  await list.getByText('begin-of-fill').waitFor()
  const empty = await heapMb(page)
  await watchTasks(page)
  const held = async (): Promise<number> => Number(await list.getAttribute('data-rows'))
  await bench.docker('exec', id, 'touch', '/fill')
  const fillMs = await timed(() => until(async () => (await held()) >= bench.manyLines, 'filled', 120_000))
  const filling = await readTasks(page)
  bench.say(`filled in ${(fillMs / 1000).toFixed(1)} s, longest task ${filling.longestTaskMs} ms`)
  const heap = (await heapMb(page)) - empty
  const appended = []
  for (const round of bench.rounds()) {
    await readTasks(page)
    const before = await held()
    await bench.docker('exec', id, 'touch', `/more${round}`)
    await until(async () => (await held()) >= before + 5_000, 'appended')
    appended.push(await readTasks(page))
  }
  const lines = await held()
  const filters = await filter(bench, page)
  await context.browser()?.close()
  await bench.docker('rm', '-f', id)
  const longest = (of: { longestFrameMs: number }[]): number[] => of.map((each) => each.longestFrameMs)
  return [
    { what: 'lines held in the page', unit: '', values: [lines], target: atLeast(bench.manyLines) },
    { what: 'heap and buffers for them', unit: 'MB', values: [heap], target: atMost(150, 'MB') },
    {
      what: 'longest task while they came, as fast as the Engine gives them',
      unit: 'ms',
      values: [filling.longestTaskMs],
      target: neverOver(100, 'ms'),
    },
    {
      what: '5,000 lines more: longest time between two frames',
      unit: 'ms',
      values: longest(appended),
      target: atMost(34, 'ms'),
      note: 'one frame is 16.7 ms',
    },
    { what: 'filter over all of them: until the count stands', unit: 'ms', values: filters.doneMs },
    {
      what: 'the same: longest time between two frames',
      unit: 'ms',
      values: longest(filters.smooth),
      target: atMost(34, 'ms'),
    },
  ]
}

/** Lines that wait for their file: a million for `fill`, 5,000 else. */
function part(bench: Bench): (name: string) => string {
  return (name) => {
    const count = name === 'fill' ? bench.manyLines : 5_000
    const text = 'GET /api/items/%d HTTP/1.1 200 from 10.0.3.7 in 12 ms, request number %d of ${name}'
    return `while [ ! -e /${name} ]; do sleep 0.05; done; awk 'BEGIN { for (i = 0; i < ${count}; i++) printf "${text.replace('${name}', name)}\\n", i % 1000, i }'`
  }
}

async function filter(
  bench: Bench,
  page: Page,
): Promise<{ doneMs: number[]; smooth: { longestFrameMs: number }[] }> {
  const [doneMs, smooth]: [number[], { longestFrameMs: number }[]] = [[], []]
  const expected = (bench.manyLines / 1000).toLocaleString('en')
  for (const round of bench.rounds()) {
    await page.keyboard.press('/')
    await page.keyboard.press('Control+a')
    await readTasks(page)
    await page.keyboard.insertText(`items/${100 + round} `)
    doneMs.push(
      await timed(() =>
        until(async () => (await count(page)) >= Number(expected.replace(/,/g, '')), 'all matches counted'),
      ),
    )
    smooth.push(await readTasks(page))
    await page.keyboard.press('Escape')
  }
  return { doneMs, smooth }
}

async function count(page: Page): Promise<number> {
  const text = (await page.locator('[data-match-count]').first().textContent()) ?? ''
  return Number(/([\d,]+)\+?$/.exec(text.trim())?.[1]?.replace(/,/g, '') ?? 0)
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

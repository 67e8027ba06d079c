import { gzipSync } from 'node:zlib'
import { ask } from '../../engine/front-client.ts'
import { type Bench, type BenchServer, pause } from '../bench.ts'
import { memoryMb } from '../../fixtures/process-cost.ts'
import { openBrowser } from '../browser.ts'
import { atMost, type Row } from '../measure.ts'

/** From the start of the process to its first answer, what the first page loads, and the memory of it all. */
export async function measureStart(bench: Bench): Promise<Row[]> {
  const ready: number[] = []
  const idle: number[] = []
  const loaded: number[] = []
  const resident: number[] = []
  for (const round of bench.rounds(5)) {
    const started = performance.now()
    const server = await bench.newServer()
    await ask(server, { path: '/api/health' })
    ready.push((performance.now() - started) / 1000)
    if (round < 2) {
      await pause(10_000)
      idle.push(memoryMb(server.pid).pss)
      await manyRequests(bench, server, bench.isQuick ? 1_000 : 8_000)
      await pause(10_000)
      const { pss, rss } = memoryMb(server.pid)
      loaded.push(pss)
      resident.push(rss)
    }
    await server.stop()
  }
  return [
    { what: 'ready after the start', unit: 's', values: ready, target: atMost(0.7, 's') },
    await firstLoad(bench),
    { what: 'memory when idle (PSS)', unit: 'MB', values: idle, target: atMost(100, 'MB') },
    { what: 'memory after 8,000 requests (PSS)', unit: 'MB', values: loaded },
    { what: 'the same (RSS)', unit: 'MB', values: resident, target: atMost(200, 'MB') },
  ]
}

/** Pages, the list, and the smallest answer, eight at a time. */
async function manyRequests(bench: Bench, server: BenchServer, count: number): Promise<void> {
  const { cookie } = server.person
  const all = ['/', '/api/containers', '/containers', '/api/health', '/images', '/api/engine']
  let next = 0
  const work = async (): Promise<void> => {
    for (; next < count && !bench.signal.aborted; ) {
      const path = all[next % all.length] ?? '/'
      next += 1
      const { status } = await ask(server, { path, headers: { cookie } })
      if (status !== 200) throw new Error(`${path} answered ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
}

/** JavaScript the start page loads before it is still, each file packed as a web server would. */
async function firstLoad(bench: Bench): Promise<Row> {
  const server = await bench.server()
  const context = await openBrowser(bench, server)
  const page = await context.newPage()
  const files = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') files.set(response.url(), response.body())
  })
  await page.goto('/', { waitUntil: 'load' })
  // The live stream never ends, so the network is never idle: until nothing new came for a while.
  for (let seen = -1; seen !== files.size; await pause(1_000)) seen = files.size
  let bytes = 0
  for (const body of files.values()) bytes += gzipSync(await body).length
  await context.browser()?.close()
  return {
    what: 'JavaScript of the first page, gzip',
    unit: 'kB',
    values: [bytes / 1000],
    target: atMost(200, 'kB'),
    note: `${files.size} files; workers not counted`,
  }
}

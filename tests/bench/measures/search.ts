import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import type { HistoryOverview } from '../../../lib/api/history.ts'
import type { SearchMessage, SearchProgress } from '../../../lib/logs/search/wire.ts'
import { headersOf, send } from '../../engine/front-client.ts'
import { accessLog, type Bench, type BenchServer, until } from '../bench.ts'
import { atMost, type Row } from '../measure.ts'

const containerCount = 20
/** About one line in fifty. */
const pattern = 'GET /api/[a-z]+.* 500 .*(Chrome|curl)'

interface Cost {
  firstHitMs: number
  allMs: number
}

/** A regular expression through all lines of twenty containers: from the archive, from the Engine alone, and beside it `docker logs | grep -c`. */
export async function measureSearch(bench: Bench): Promise<Row[]> {
  const ids = await writeLogs(bench)
  const kept = await bench.newServer({ COMPOSURE_HISTORY: 'on' })
  // Whatever else runs on this machine is not recorded meanwhile.
  await send(kept, kept.person, 'PUT', '/api/history/settings', { isOutsideRecorded: false })
  const isArchived = await until(() => isKept(kept, bench), 'all lines are in the archive', 60_000).then(
    () => true,
    () => false,
  )
  if (!isArchived)
    bench.say('the archive did not take in all lines within a minute: only the Engine is measured')
  const engineOnly = await bench.newServer({ COMPOSURE_HISTORY: 'off' })
  const costs = { kept: [] as Cost[], engine: [] as Cost[], grep: [] as number[], cancel: [] as number[] }
  for (const round of bench.rounds()) {
    const grep = await grepAll(ids)
    costs.grep.push(grep.ms)
    if (isArchived) costs.kept.push(await search(kept, bench, grep.count))
    costs.engine.push(await search(engineOnly, bench, grep.count))
    costs.cancel.push(await cancel(engineOnly, bench))
    bench.say(`round ${round + 1}: ${Math.round((costs.kept.at(-1) ?? costs.engine.at(-1))?.allMs ?? 0)} ms`)
  }
  const what = `search ${bench.manyLines.toLocaleString('en')} lines in ${containerCount} containers, regex`
  const grep = { name: '`docker logs | grep -cE`, four at once', values: costs.grep }
  const first = (of: Cost[]): number[] => of.map(({ firstHitMs }) => firstHitMs)
  const all = (of: Cost[]): number[] => of.map(({ allMs }) => allMs)
  const fromArchive: Row[] = [
    { what: `${what}: first hit`, unit: 'ms', values: first(costs.kept), target: atMost(300, 'ms') },
    {
      what: `${what}: all, the count equal to grep’s`,
      unit: 'ms',
      values: all(costs.kept),
      yardstick: grep,
      target: atMost(3_000, 'ms'),
    },
  ]
  return [
    ...(isArchived ? fromArchive : []),
    {
      what: `${what}, without the archive: first hit`,
      unit: 'ms',
      values: first(costs.engine),
      target: atMost(300, 'ms'),
    },
    {
      what: `${what}, without the archive: all`,
      unit: 'ms',
      values: all(costs.engine),
      yardstick: grep,
      note: 'every line comes over the Engine’s socket: its pace is the limit',
    },
    {
      what: 'a search is stopped: its threads are gone',
      unit: 'ms',
      values: costs.cancel,
      target: atMost(100, 'ms'),
    },
  ]
}

async function writeLogs(bench: Bench): Promise<string[]> {
  const perContainer = bench.manyLines / containerCount
  const labels = {
    project: `${bench.prefix}-search`,
    service: 'web',
    'config-hash': 'x',
    'container-number': '1',
    oneoff: 'False',
  }
  const options = Object.entries(labels).flatMap(([name, value]) => [
    '--label',
    `com.docker.compose.${name}=${value}`,
  ])
  const ids = await Promise.all(
    Array.from({ length: containerCount }, (_, index) =>
      bench.run(`search-${index}`, accessLog(perContainer, index * perContainer + 1), options),
    ),
  )
  await Promise.all(ids.map((id) => bench.docker('wait', id)))
  return ids
}

async function isKept(server: BenchServer, bench: Bench): Promise<boolean> {
  const { body } = await send<HistoryOverview>(server, server.person, 'GET', '/api/history')
  const project = body.projects.find((one) => one.project === `${bench.prefix}-search`)
  return (project?.lineCount ?? 0) >= bench.manyLines
}

async function open(server: BenchServer, bench: Bench, signal: AbortSignal): Promise<Response> {
  const query = new URLSearchParams({ project: `${bench.prefix}-search`, q: pattern, regex: '1', case: '1' })
  return fetch(`${server.url}/api/logs/search?${query.toString()}`, {
    headers: headersOf(server, server.person),
    signal,
  })
}

/** Runs one search to its end; throws when it does not find exactly `expected` lines. */
async function search(server: BenchServer, bench: Bench, expected: number): Promise<Cost> {
  const started = performance.now()
  const response = await open(server, bench, bench.signal)
  let firstHitMs = Number.NaN
  let progress: SearchProgress | null = null
  let reason = ''
  for await (const message of messagesOf(response)) {
    if (message.type === 'lines' && Number.isNaN(firstHitMs)) firstHitMs = performance.now() - started
    if (message.type === 'progress') progress = message
    if (message.type === 'end') reason = message.reason
  }
  const allMs = performance.now() - started
  if (reason !== 'complete' || progress?.hitCount !== expected)
    throw new Error(`the search ended “${reason}” with ${progress?.hitCount} hits, grep has ${expected}`)
  return { firstHitMs, allMs }
}

/** How long the threads of a search outlive the request that is given up. */
async function cancel(server: BenchServer, bench: Bench): Promise<number> {
  const threadCount = (): number => readdirSync(`/proc/${server.pid}/task`).length
  const before = threadCount()
  const leaving = new AbortController()
  const reader = (await open(server, bench, leaving.signal)).body?.getReader()
  await reader?.read()
  await until(() => threadCount() > before, 'the search has threads')
  const started = performance.now()
  leaving.abort()
  while (threadCount() > before) await new Promise((resolve) => setTimeout(resolve, 1))
  return performance.now() - started
}

async function* messagesOf(response: Response): AsyncGenerator<SearchMessage> {
  if (!response.ok || !response.body) throw new Error(`the search was refused: ${await response.text()}`)
  let rest = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as SearchMessage
  }
}

async function grepAll(ids: readonly string[]): Promise<{ ms: number; count: number }> {
  const started = performance.now()
  const queue = [...ids]
  let count = 0
  const work = async (): Promise<void> => {
    for (let id = queue.shift(); id; id = queue.shift()) {
      const found = await grep(id)
      count += found
    }
  }
  await Promise.all([work(), work(), work(), work()])
  return { ms: performance.now() - started, count }
}

function grep(id: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', 'docker logs "$0" 2>&1 | grep -cE "$1"', id, pattern])
    let out = ''
    child.stdout.on('data', (chunk) => (out += String(chunk)))
    child.on('error', reject)
    child.on('close', () => resolve(Number(out)))
  })
}

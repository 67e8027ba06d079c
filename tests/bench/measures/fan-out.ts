import type { LogMessage } from '../../../lib/logs/wire.ts'
import { addPerson } from '../../engine/front-client.ts'
import { type Bench, type BenchServer, pause } from '../bench.ts'
import { cpuSeconds, heldMb, inspectable } from '../../fixtures/process-cost.ts'
import { LiveClient } from '../../fixtures/live-client.ts'
import { atMost, quantile, type Row } from '../measure.ts'
import { openEngineSockets } from '../raw-engine.ts'

const viewerCount = 50
/** Readers that take no time but read: more would only measure this process. */
const parsingCount = 5
const stalledCount = 8

/** Many viewers of one container, and some of them that stop taking anything. */
export async function measureFanOut(bench: Bench): Promise<Row[]> {
  const server = await bench.newServer({ ...inspectable, COMPOSURE_HISTORY: 'off' })
  const shared = { sockets: [] as number[], perViewerMb: [] as number[], delays: [] as number[] }
  const stalled = { perViewerMb: [] as number[], before: [] as number[], delays: [] as number[] }
  for (const round of bench.rounds()) {
    await many(bench, server, round, shared)
    await withStalled(bench, server, round, stalled)
  }
  return [
    {
      what: `${viewerCount} viewers of one container: streams at the Engine`,
      unit: '',
      values: shared.sockets,
      target: atMost(1),
    },
    { what: 'the same: held by the server for each', unit: 'MB', values: shared.perViewerMb },
    {
      what: 'the same: line written to line read, 2,000 lines/s, p95',
      unit: 'ms',
      values: shared.delays,
    },
    {
      what: `${stalledCount} viewers that take nothing: held by the server for each`,
      unit: 'MB',
      values: stalled.perViewerMb,
      target: atMost(4, 'MB'),
    },
    {
      what: 'the same: line written to line read by the others, 20,000 lines/s, p95',
      unit: 'ms',
      values: stalled.delays,
      yardstick: { name: 'nobody stalls', values: stalled.before },
    },
  ]
}

async function many(
  bench: Bench,
  server: BenchServer,
  round: number,
  seen: { sockets: number[]; perViewerMb: number[]; delays: number[] },
): Promise<void> {
  const id = await steady(bench, `shared-${round}`, 100)
  const [sockets, memory] = [openEngineSockets(server.pid), await heldMb(server)]
  const viewers: Viewer[] = []
  for (let index = 0; index < viewerCount; index += 1)
    viewers.push(await open(server, id, index < parsingCount))
  await pause(1_000)
  for (const viewer of viewers) viewer.delaysMs.length = 0
  const cpu = cpuSeconds(server.pid)
  await pause(5_000)
  bench.say(
    `${viewerCount} viewers: CPU of the server ${((cpuSeconds(server.pid) - cpu) / 5).toFixed(2)} s/s`,
  )
  seen.sockets.push(openEngineSockets(server.pid) - sockets)
  seen.perViewerMb.push(((await heldMb(server)) - memory) / viewerCount)
  seen.delays.push(
    quantile(
      viewers.flatMap(({ delaysMs }) => delaysMs),
      0.95,
    ),
  )
  await end(bench, id, viewers)
}

async function withStalled(
  bench: Bench,
  server: BenchServer,
  round: number,
  seen: { perViewerMb: number[]; before: number[]; delays: number[] },
): Promise<void> {
  const id = await steady(bench, `stalled-${round}`, 1_000)
  const viewers = [await open(server, id, true), await open(server, id, true)]
  const delays = async (): Promise<number> => {
    for (const viewer of viewers) viewer.delaysMs.length = 0
    await pause(6_000)
    return quantile(
      viewers.flatMap(({ delaysMs }) => delaysMs),
      0.95,
    )
  }
  await pause(2_000)
  seen.before.push(await delays())
  const memory = await heldMb(server)
  const stalled: Viewer[] = []
  for (let index = 0; index < stalledCount; index += 1) {
    const viewer = await open(server, id, false)
    viewer.client.pause()
    stalled.push(viewer)
  }
  // Until the sockets between are full too.
  await pause(8_000)
  seen.delays.push(await delays())
  seen.perViewerMb.push(((await heldMb(server)) - memory) / stalledCount)
  await end(bench, id, [...viewers, ...stalled])
}

/** Prints `perStep` lines twenty times a second. */
function steady(bench: Bench, name: string, perStep: number): Promise<string> {
  const print = 'print "line " i " of a program that prints a great deal of what it does"'
  return bench.run(
    name,
    `awk 'BEGIN { for (i = 1; ; i++) { ${print}; if (i % ${perStep} == 0) { fflush(); system("usleep 50000") } } }'`,
  )
}

interface Viewer {
  client: LiveClient
  /** From the Engine's time of a message's last line to its arrival here. */
  delaysMs: number[]
}

async function open(server: BenchServer, containerId: string, isParsing: boolean): Promise<Viewer> {
  const delaysMs: number[] = []
  // A session has twenty streams at most.
  const own = { ...server, person: addPerson(server, 'viewer') }
  const client = new LiveClient(own, ({ data }) => {
    const message = data as LogMessage
    if (message.type === 'lines') delaysMs.push(Date.now() - endMs(message))
  })
  await client.open()
  await client.subscribe([{ key: 'log', topic: 'logs', params: { containerIds: [containerId], tail: 10 } }])
  if (!isParsing) client.discard()
  return { client, delaysMs }
}

function endMs(message: Extract<LogMessage, { type: 'lines' }>): number {
  const nanos = message.deltas.reduce((sum, delta) => sum + delta, message.nanos)
  return message.seconds * 1000 + nanos / 1e6
}

async function end(bench: Bench, id: string, viewers: Viewer[]): Promise<void> {
  for (const { client } of viewers) client.close()
  await bench.docker('rm', '-f', id)
}

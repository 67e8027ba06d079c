import type { LogMessage } from '../../../lib/logs/wire.ts'
import { type Bench, type BenchServer } from '../bench.ts'
import { cpuSeconds } from '../../fixtures/process-cost.ts'
import { LiveClient } from '../../fixtures/live-client.ts'
import { ratioAtLeast, ratioAtMost, type Row } from '../measure.ts'
import { type ReadCost, readRaw, readWithCli } from '../raw-engine.ts'

/** A whole stored log through the live stream, beside the Engine's socket and `docker logs`, in turn. */
export async function measureThroughput(bench: Bench): Promise<Row[]> {
  const id = await bench.millionLines()
  const server = await bench.server()
  const costs = { raw: [] as ReadCost[], cli: [] as ReadCost[], own: [] as ReadCost[] }
  await readThrough(server, id, bench.manyLines)
  for (const round of bench.rounds()) {
    costs.raw.push(await readRaw(id))
    costs.cli.push(await readWithCli(id))
    costs.own.push(await readThrough(server, id, bench.manyLines))
    bench.say(`round ${round + 1}: ${costs.own.at(-1)?.seconds.toFixed(2)} s`)
  }
  const speed = (of: ReadCost[]): number[] => of.map(({ seconds }) => bench.manyLines / seconds)
  const cpu = (of: ReadCost[]): number[] => of.map((cost) => cost.cpuSeconds)
  const what = `logs, Engine to client, ${bench.manyLines.toLocaleString('en')} lines`
  const raw = { name: 'Engine’s socket, read and thrown away', values: speed(costs.raw) }
  const cli = { name: '`docker logs -t`', values: speed(costs.cli) }
  return [
    { what, unit: 'lines/s', values: speed(costs.own), yardstick: raw, target: ratioAtLeast(0.95) },
    { what: 'the same', unit: 'lines/s', values: speed(costs.own), yardstick: cli },
    {
      what: 'CPU of the server for it',
      unit: 's',
      values: cpu(costs.own),
      yardstick: { ...raw, values: cpu(costs.raw) },
      target: ratioAtMost(1.1),
    },
  ]
}

/** One log from its first line to its last through `/api/live`. */
async function readThrough(server: BenchServer, containerId: string, lineCount: number): Promise<ReadCost> {
  let lines = 0
  let finish: () => void = () => undefined
  const whole = new Promise<void>((resolve) => {
    finish = resolve
  })
  const client = new LiveClient(server, ({ data }) => {
    const message = data as LogMessage
    if (message.type === 'lines') lines += message.deltas.length + 1
    if (message.type === 'caught-up') finish()
  })
  await client.open()
  const started = performance.now()
  const cpu = cpuSeconds(server.pid)
  await client.subscribe([
    { key: 'log', topic: 'logs', params: { containerIds: [containerId], tail: 'all' } },
  ])
  await Promise.race([whole, client.failed])
  const cost = {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: cpuSeconds(server.pid) - cpu,
  }
  client.close()
  // The log's own lines and the marker behind them.
  if (lines !== lineCount + 1) throw new Error(`${lines} lines of ${lineCount + 1} came`)
  return cost
}

import type { LogMessage } from '../../../lib/logs/wire.ts'
import { type Bench, type BenchServer } from '../bench.ts'
import { LiveClient } from '../../fixtures/live-client.ts'
import { p95AtMost, type Row } from '../measure.ts'
import { readTail } from '../raw-engine.ts'

/** From the click on a log with a million lines behind it to its last 500 lines, and beside it the Engine's own answer. */
export async function measureFirstLines(bench: Bench): Promise<Row[]> {
  const id = await bench.millionLines()
  const server = await bench.server()
  const own: number[] = []
  const engine: number[] = []
  for (const _ of bench.rounds(60)) {
    engine.push(await readTail(id, 501))
    own.push(await openLog(server, id))
  }
  return [
    {
      what: `first lines of a log with ${bench.manyLines.toLocaleString('en')} behind them`,
      unit: 'ms',
      values: own,
      yardstick: { name: 'Engine’s own `tail=501`', values: engine },
      target: p95AtMost(100, 'ms'),
      note: '60 times; from the subscription on an open live stream to the first 500 lines, parsed',
    },
  ]
}

async function openLog(server: BenchServer, containerId: string): Promise<number> {
  let arrive: (ms: number) => void = () => undefined
  const arrived = new Promise<number>((resolve) => {
    arrive = resolve
  })
  let started = 0
  const client = new LiveClient(server, ({ data }) => {
    if ((data as LogMessage).type === 'lines') arrive(performance.now() - started)
  })
  await client.open()
  started = performance.now()
  await client.subscribe([{ key: 'log', topic: 'logs', params: { containerIds: [containerId], tail: 500 } }])
  const ms = await Promise.race([arrived, client.failed])
  client.close()
  return ms
}

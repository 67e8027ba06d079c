import type { LogMessage } from '../../../lib/logs/wire.ts'
import { freePort } from '../../browser/server-process.ts'
import { type Bench, type BenchServer } from '../bench.ts'
import { cpuSeconds } from '../../fixtures/process-cost.ts'
import { LiveClient } from '../../fixtures/live-client.ts'
import { atMost, type Row } from '../measure.ts'

interface Cost {
  bytesPerLine: number
  cpuSeconds: number
}

/** What a line of an access log costs on the wire, as a browser on another machine and one on this machine get it. */
export async function measureWire(bench: Bench): Promise<Row[]> {
  const id = await bench.millionLines()
  const port = await freePort()
  // Not one of this machine's own names: those are given nothing packed.
  const host = `dashboard.example:${port}`
  const server = await bench.newServer({
    PORT: String(port),
    COMPOSURE_HOSTS: host,
    COMPOSURE_HISTORY: 'off',
  })
  const costs = { gzip: [] as Cost[], plain: [] as Cost[] }
  for (const _ of bench.rounds()) {
    costs.gzip.push(await readTail(server, id, { host, 'accept-encoding': 'gzip, deflate' }))
    costs.plain.push(await readTail(server, id, { host }))
  }
  const bytes = (of: Cost[]): number[] => of.map(({ bytesPerLine }) => bytesPerLine)
  const cpu = (of: Cost[]): number[] => of.map((cost) => cost.cpuSeconds)
  return [
    {
      what: 'a line of an access log on the wire, gzip',
      unit: 'B',
      values: bytes(costs.gzip),
      yardstick: { name: 'not packed', values: bytes(costs.plain) },
      target: atMost(15, 'B'),
    },
    {
      what: 'CPU of the server for 100,000 lines, gzip',
      unit: 's',
      values: cpu(costs.gzip),
      yardstick: { name: 'not packed', values: cpu(costs.plain) },
      note: 'packing happens on a thread of its own; a page opened as localhost is sent nothing packed',
    },
  ]
}

const lineCount = 100_000

async function readTail(
  server: BenchServer,
  containerId: string,
  headers: Record<string, string>,
): Promise<Cost> {
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
  await client.open(headers)
  const [before, cpu] = [client.wireBytes, cpuSeconds(server.pid)]
  await client.subscribe([
    { key: 'log', topic: 'logs', params: { containerIds: [containerId], tail: lineCount } },
  ])
  await Promise.race([whole, client.failed])
  client.close()
  return {
    bytesPerLine: (client.wireBytes - before) / lines,
    cpuSeconds: cpuSeconds(server.pid) - cpu,
  }
}

import type { Measure } from './measure.ts'

/** Every measure by its name on the command line, in the order they run. A new one is a line here. */
export const measures: Record<string, () => Promise<Measure>> = {
  logs: async () => (await import('./measures/throughput.ts')).measureThroughput,
  wire: async () => (await import('./measures/wire.ts')).measureWire,
}

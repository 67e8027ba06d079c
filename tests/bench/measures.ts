import type { Measure } from './measure.ts'

/** Every measure by its name on the command line, in the order they run. A new one is a line here. */
export const measures: Record<string, () => Promise<Measure>> = {
  logs: async () => (await import('./measures/throughput.ts')).measureThroughput,
  wire: async () => (await import('./measures/wire.ts')).measureWire,
  'first-lines': async () => (await import('./measures/first-lines.ts')).measureFirstLines,
  'fan-out': async () => (await import('./measures/fan-out.ts')).measureFanOut,
  search: async () => (await import('./measures/search.ts')).measureSearch,
  containers: async () => (await import('./measures/containers.ts')).measureContainers,
  watched: async () => (await import('./measures/watched.ts')).measureWatched,
  held: async () => (await import('./measures/held.ts')).measureHeld,
  archive: async () => (await import('./measures/archive.ts')).measureArchive,
  keystroke: async () => (await import('./measures/keystroke.ts')).measureKeystroke,
  start: async () => (await import('./measures/start.ts')).measureStart,
}

'use client'

import { useContainer, useStats } from '#components/live/hooks'
import { EmptyState } from '#components/ui/empty-state'
import { command } from '#lib/docker/command'
import type { StatsSample } from '#lib/docker/containers/stats'
import { formatBytes } from '#lib/format/bytes'
import { StatsChart } from './stats-chart.tsx'

const perSecond = (bytes: number): string => `${formatBytes(bytes)}/s`
const percent = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} %`

/** The last minute, live: what `docker stats` shows, as lines. */
export function StatsTab({ id }: { id: string }) {
  const container = useContainer(id)
  const samples = useStats(container ? [container.id] : []).get(container?.id ?? '') ?? []
  if (container && container.state !== 'running')
    return (
      <EmptyState title="Nothing to measure" commands={[command.act('start', [container.name])]}>
        This container does not run, so it uses no CPU and no memory.
      </EmptyState>
    )
  const limitBytes = samples.at(-1)?.memoryLimitBytes ?? 0
  const series = (read: (sample: StatsSample) => number): number[] => samples.map(read)
  return (
    <div className="grid gap-x-10 gap-y-8 pt-4 @3xl/body:grid-cols-2">
      <StatsChart
        title="CPU"
        note="100 % is one core"
        series={[{ name: 'CPU', values: series((one) => one.cpuPercent) }]}
        format={percent}
        ceiling={5}
      />
      <StatsChart
        title="Memory"
        note={limitBytes > 0 ? `limit ${formatBytes(limitBytes)}` : ''}
        series={[{ name: 'Memory', values: series((one) => one.memoryBytes) }]}
        format={formatBytes}
        ceiling={1_000_000}
      />
      <StatsChart
        title="Network"
        note=""
        series={[
          { name: 'received', values: series((one) => one.networkReceivedBytesPerSecond) },
          { name: 'sent', values: series((one) => one.networkSentBytesPerSecond) },
        ]}
        format={perSecond}
        ceiling={1_000}
      />
      <StatsChart
        title="Disk"
        note=""
        series={[
          { name: 'read', values: series((one) => one.diskReadBytesPerSecond) },
          { name: 'written', values: series((one) => one.diskWrittenBytesPerSecond) },
        ]}
        format={perSecond}
        ceiling={1_000}
      />
    </div>
  )
}

import type { ReactNode } from 'react'
import { PortList } from '#components/ui/port-link'
import { Sparkline } from '#components/ui/sparkline'
import type { Container } from '#lib/docker/containers/container'
import type { StatsSample } from '#lib/docker/containers/stats'
import { formatPercent } from '#lib/format/percent'

/** The last minute of each container by id; a running one without samples has `noSamples`. */
export type Stats = ReadonlyMap<string, readonly StatsSample[]>
export const noSamples: readonly StatsSample[] = []

export function Ports({ ports }: { ports: Container['ports'] }): ReactNode {
  if (ports.length === 0) return <span className="text-faint max-sm:hidden">none</span>
  return <PortList ports={ports} limit={4} className="flex-wrap" />
}

export function Load({ values, last }: { values: readonly number[]; last: number | null }) {
  if (last === null) return <Nothing />
  return (
    <span className="inline-flex items-center gap-2 align-middle">
      <span className="@max-[58rem]/body:hidden">
        <Sparkline values={values} ceiling={5} />
      </span>
      {formatPercent(last)}
    </span>
  )
}

export function Nothing() {
  return <span className="text-faint max-sm:hidden">–</span>
}

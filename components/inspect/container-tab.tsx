'use client'

import type { ComponentType } from 'react'
import { useContainer } from '#components/live/hooks'
import { CommandLine } from '#components/ui/command-line'
import { PageBody } from '#components/ui/page-header'
import type { ContainerTab as TabName } from '#lib/api/paths'
import { command, type Command } from '#lib/docker/command'
import { HealthTab } from './health-tab.tsx'
import { InspectTab } from './inspect-tab.tsx'
import { MountsTab } from './mounts-tab.tsx'
import { NetworksTab } from './networks-tab.tsx'
import { OverviewTab } from './overview-tab.tsx'
import { ProcessesTab } from './processes-tab.tsx'
import { StatsTab } from './stats-tab.tsx'
import { EnvironmentTab, LabelsTab } from './value-tabs.tsx'

export type ReadTab = Exclude<TabName, 'logs' | 'shell' | 'files'> | 'overview'

const tabs: Record<
  Exclude<ReadTab, 'inspect'>,
  { Tab: ComponentType<{ id: string }>; command: (name: string) => Command }
> = {
  overview: { Tab: OverviewTab, command: (name) => command.psOne(name) },
  stats: { Tab: StatsTab, command: (name) => command.stats([name]) },
  environment: { Tab: EnvironmentTab, command: (name) => command.inspect(name, '{{json .Config.Env}}') },
  mounts: { Tab: MountsTab, command: (name) => command.inspect(name, '{{json .Mounts}}') },
  networks: {
    Tab: NetworksTab,
    command: (name) => command.inspect(name, '{{json .NetworkSettings.Networks}}'),
  },
  labels: { Tab: LabelsTab, command: (name) => command.inspect(name, '{{json .Config.Labels}}') },
  health: { Tab: HealthTab, command: (name) => command.inspect(name, '{{json .State.Health}}') },
  processes: { Tab: ProcessesTab, command: (name) => command.top(name) },
}

/** One tab of a container, with the command it equals at its foot. */
export function ContainerTab({ id, tab }: { id: string; tab: ReadTab }) {
  const name = useContainer(id)?.name ?? id
  if (tab === 'inspect') return <InspectTab id={id} />
  const { Tab, command: commandOf } = tabs[tab]
  return (
    <>
      <PageBody>
        <Tab id={id} />
      </PageBody>
      <CommandLine command={commandOf(name)} />
    </>
  )
}

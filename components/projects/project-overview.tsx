'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { AttentionList } from '#components/attention/attention-list'
import { LastWords } from '#components/attention/last-words'
import { useAttention } from '#components/attention/use-attention'
import { ComposeNotice } from '#components/compose/compose-notice'
import { useProject } from '#components/live/hooks'
import { CommandLine } from '#components/ui/command-line'
import { CopyButton } from '#components/ui/copy-button'
import { EmptyState } from '#components/ui/empty-state'
import { Fact, Facts, Section } from '#components/ui/facts'
import { PageBody } from '#components/ui/page-header'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import type { Project } from '#lib/docker/projects/project'
import { ServiceTable } from './service-table.tsx'

/** A project at a glance: what needs you, its services, and what else belongs to it. */
export function ProjectOverview({ name }: { name: string }) {
  const project = useProject(name)
  const attention = useAttention(
    useMemo(() => project?.services.flatMap(({ containers }) => containers) ?? [], [project]),
  )
  if (project === null) return null
  return (
    <>
      <PageBody>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6 pt-4">
          <ComposeNotice />
          <AttentionList items={attention} evidenceOf={(item) => <LastWords item={item} />} />
          {project.services.length === 0 ? <Down project={project} /> : <ServiceTable project={project} />}
          <div className="grid gap-x-10 gap-y-6 @min-[52rem]/body:grid-cols-2">
            <Belongings project={project} />
            <Origin project={project} />
          </div>
        </div>
      </PageBody>
      <CommandLine command={command.composePs(name)} />
    </>
  )
}

function Down({ project }: { project: Project }) {
  return (
    <EmptyState
      title="It is down: there are no containers"
      commands={[['docker', 'compose', '-p', project.name, 'up', '-d']]}
    >
      {project.volumes.length > 0 ? 'Its volumes and their data are kept. ' : ''}
      To start it again, in its folder:
    </EmptyState>
  )
}

function Belongings({ project }: { project: Project }) {
  return (
    <Section title="Networks and volumes">
      <Facts>
        {project.networks.map(({ id, name, driver, subnets }) => (
          <Fact key={id} name="network">
            <Link href={pages.network(id)} className="hover:underline">
              {name}
            </Link>
            <span className="ml-2 text-faint">
              {[driver, ...subnets.map(({ subnet }) => subnet)].join(', ')}
            </span>
          </Fact>
        ))}
        {project.volumes.map(({ name, driver }) => (
          <Fact key={name} name="volume">
            <Link href={pages.volume(name)} className="hover:underline">
              {name}
            </Link>
            <span className="ml-2 text-faint">{driver}</span>
          </Fact>
        ))}
        {project.networks.length + project.volumes.length === 0 ? <Fact name="none">of its own</Fact> : null}
      </Facts>
    </Section>
  )
}

function Origin({ project }: { project: Project }) {
  if (project.workingDir === '') return null
  return (
    <Section title="Where it comes from">
      <Facts>
        <Fact name="folder" isMono>
          <Path text={project.workingDir} />
        </Fact>
        {project.configFiles.map((file) => (
          <Fact key={file} name="file" isMono>
            <Path text={file} />
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}

function Path({ text }: { text: string }) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="min-w-0 [overflow-wrap:anywhere]">{text}</span>
      <span className="-my-1">
        <CopyButton text={text} label="Copy the path" />
      </span>
    </span>
  )
}

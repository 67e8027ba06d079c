'use client'

import { useMemo } from 'react'
import { AttentionList } from '#components/attention/attention-list'
import { LastWords } from '#components/attention/last-words'
import { useAttention } from '#components/attention/use-attention'
import { AddProjectButton, RememberedProjects } from '#components/compose/places/remembered-projects'
import { EmptyList } from '#components/live/empty-list'
import { useContainers, useProjects } from '#components/live/hooks'
import { CommandLine } from '#components/ui/command-line'
import { EmptyState } from '#components/ui/empty-state'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { command } from '#lib/docker/command'
import { outsideProjects, type Project } from '#lib/docker/projects/project'
import { ProjectSummary } from './project-summary.tsx'
import { ContainerTile, tileGrid } from './service-tile.tsx'
import { TakenDown } from './taken-down.tsx'

// Above this many services a project is one line of chips, so that thirty projects still fit a screen or two.
const maxTiles = 24
// Each piece of evidence is a request: the first few are enough to begin with.
const maxEvidence = 5

/** The start page: what is wrong first, then every project, then what runs outside them. */
export function ProjectsOverview() {
  const projects = useProjects()
  const containers = useContainers()
  const outside = outsideProjects(containers)
  const attention = useAttention(
    useMemo(() => containers.filter(({ compose }) => !compose?.isOneOff), [containers]),
  )
  const serviceCount = projects.reduce((sum, project) => sum + project.services.length, 0)
  const isEmpty = projects.length === 0 && outside.length === 0
  return (
    <>
      <PageHeader
        title="Projects"
        summary={isEmpty ? null : summaryOf(projects)}
        actions={<AddProjectButton />}
      />
      <PageBody>
        {isEmpty ? (
          <EmptyList>
            <NothingYet />
          </EmptyList>
        ) : null}
        <div className="grid grid-cols-[minmax(0,1fr)] gap-7 pt-1.5">
          <AttentionList
            items={attention}
            isProjectShown
            evidenceOf={(item) =>
              attention.indexOf(item) < maxEvidence ? <LastWords item={item} lineCount={1} /> : null
            }
          />
          {projects.map((project) => (
            <ProjectSummary key={project.name} project={project} isCompact={serviceCount > maxTiles} />
          ))}
          <RememberedProjects />
          {outside.length > 0 ? (
            <section id="outside" aria-label="Outside projects" className="scroll-mt-4">
              <h2 className="border-b border-line pb-2 text-base font-semibold tracking-[-0.01em]">
                Outside projects
              </h2>
              <ul className={tileGrid}>
                {outside.map((container) => (
                  <ContainerTile key={container.id} container={container} />
                ))}
              </ul>
            </section>
          ) : null}
          <TakenDown />
        </div>
      </PageBody>
      <CommandLine command={command.composeList()} />
    </>
  )
}

function summaryOf(projects: readonly Project[]): string {
  const bad = projects.filter(({ tone }) => tone === 'bad').length
  if (projects.length === 0) return 'none yet'
  if (bad > 0) return `${bad} of ${projects.length} ${bad === 1 ? 'needs' : 'need'} you`
  const warn = projects.filter(({ tone }) => tone === 'warn').length
  return warn > 0 ? `${warn} of ${projects.length} not fully up` : 'nothing needs you'
}

function NothingYet() {
  return (
    <EmptyState title="Nothing runs on this Engine yet" commands={[['docker', 'compose', 'up', '-d']]}>
      A project appears here the moment Compose starts one, whoever starts it. In a folder with a{' '}
      <code className="font-mono text-xs">compose.yaml</code>, run:
    </EmptyState>
  )
}

'use client'

import Link from 'next/link'
import { PortLink } from '#components/ui/port-link'
import { RelativeTime } from '#components/ui/relative-time'
import { StateMark } from '#components/ui/state'
import { pages } from '#lib/api/paths'
import { distinctPorts } from '#lib/docker/containers/ports'
import type { Project } from '#lib/docker/projects/project'
import { ServiceChip, ServiceTile, tileGrid, toneColour } from './service-tile.tsx'

/** One project on the start page: how it is in words, its services, where it answers, when it last changed. */
export function ProjectSummary({ project, isCompact }: { project: Project; isCompact: boolean }) {
  const published = project.services
    .flatMap(({ containers }) => containers.flatMap(({ ports }) => ports))
    .filter(({ hostPort }) => hostPort !== null)
  return (
    <section aria-label={project.name} className="min-w-0">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-0.5 border-b border-line pb-1.5">
        <h2 className="flex min-w-0 items-center gap-2.5 text-base font-semibold tracking-[-0.01em]">
          <StateMark tone={project.tone} />
          <Link href={pages.project(project.name)} className="truncate hover:underline">
            {project.name}
          </Link>
        </h2>
        <span className={project.tone === 'idle' ? 'text-faint' : toneColour(project.tone)}>
          {project.summary}
        </span>
        <span className="ml-auto flex flex-wrap items-center gap-x-4">
          {distinctPorts(published).map((port) => (
            <PortLink key={`${port.hostIp}:${port.hostPort}/${port.protocol}`} port={port} />
          ))}
          {project.changedAtMs === null ? null : (
            <span className="text-xs text-faint">
              changed <RelativeTime atMs={project.changedAtMs} />
            </span>
          )}
          <Link
            href={pages.projectLogs(project.name)}
            aria-label={`Logs of ${project.name}`}
            className="text-xs text-muted hover:text-text hover:underline"
          >
            Logs
          </Link>
        </span>
      </div>
      <Services project={project} isCompact={isCompact} />
    </section>
  )
}

function Services({ project, isCompact }: { project: Project; isCompact: boolean }) {
  if (project.services.length === 0)
    return (
      <p className="pt-2 text-faint">
        No containers.
        {project.volumes.length > 0
          ? ` Its data is kept in ${project.volumes.map(({ name }) => name).join(', ')}.`
          : ''}
      </p>
    )
  if (isCompact)
    return (
      <ul className="flex flex-wrap gap-x-4 gap-y-0.5 pt-1.5">
        {project.services.map((service) => (
          <ServiceChip key={service.name} project={project.name} service={service} />
        ))}
      </ul>
    )
  return (
    <ul className={tileGrid}>
      {project.services.map((service) => (
        <ServiceTile key={service.name} project={project.name} service={service} />
      ))}
    </ul>
  )
}

'use client'

import { Fragment, useState } from 'react'
import { useStats } from '#components/live/hooks'
import { HeadCell, Table, TableBody, TableHead } from '#components/ui/table'
import type { Project } from '#lib/docker/projects/project'
import { ServiceGroupRow } from './service-group-row.tsx'
import { ServiceRow } from './service-row.tsx'

/** The services of a project; replicas are one row that opens. */
export function ServiceTable({ project }: { project: Project }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  const containers = [...project.services.flatMap((service) => service.containers), ...project.oneOffs]
  const stats = useStats(containers.filter(({ state }) => state === 'running').map(({ id }) => id))
  const toggle = (name: string) => {
    const next = new Set(open)
    if (!next.delete(name)) next.add(name)
    setOpen(next)
  }
  return (
    <Table label={`Services of ${project.name}`} isTall>
      <TableHead>
        <HeadCell>Service</HeadCell>
        <HeadCell>State</HeadCell>
        <HeadCell>Health</HeadCell>
        <HeadCell>Ports</HeadCell>
        <HeadCell>CPU</HeadCell>
        <HeadCell align="end">Memory</HeadCell>
        <HeadCell align="end" className="@max-[58rem]/body:hidden">
          Restarts
        </HeadCell>
        <HeadCell className="@max-[72rem]/body:hidden">Image</HeadCell>
        <HeadCell>
          <span className="sr-only">Actions</span>
        </HeadCell>
      </TableHead>
      <TableBody>
        {project.services.map((service) => {
          const [only] = service.containers
          if (only && service.containers.length === 1)
            return (
              <ServiceRow
                key={service.name}
                name={service.name}
                service={service}
                container={only}
                stats={stats}
              />
            )
          const isOpen = open.has(service.name)
          return (
            <Fragment key={service.name}>
              <ServiceGroupRow
                service={service}
                stats={stats}
                isOpen={isOpen}
                onToggle={() => toggle(service.name)}
              />
              {isOpen
                ? service.containers.map((container, index) => (
                    <ServiceRow
                      key={container.id}
                      name={`${service.name} ${container.compose?.number || index + 1}`}
                      service={null}
                      container={container}
                      stats={stats}
                      isReplica
                    />
                  ))
                : null}
            </Fragment>
          )
        })}
        {project.oneOffs.map((container) => (
          <ServiceRow
            key={container.id}
            name={`${container.compose?.service ?? ''} run`}
            service={null}
            container={container}
            stats={stats}
          />
        ))}
      </TableBody>
    </Table>
  )
}

'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { useNowMs } from '#components/ui/relative-time'
import { StateMark, type Tone } from '#components/ui/state'
import { pages } from '#lib/api/paths'
import type { Container } from '#lib/docker/containers/container'
import { fullWords } from '#lib/docker/containers/container-words'
import type { Service } from '#lib/docker/projects/project'
import { serviceWords } from '#lib/docker/projects/service-words'

export const tileGrid = 'grid grid-cols-[repeat(auto-fill,minmax(min(208px,100%),1fr))] gap-x-6 pt-1'

export const toneColour = (tone: Tone): string =>
  tone === 'bad' ? 'text-bad' : tone === 'warn' ? 'text-warn' : 'text-muted'

/** Where a service is looked at: its container's page, or the project for several. */
function serviceHref(project: string, service: Service): string {
  const [only] = service.containers
  return only && service.containers.length === 1 ? pages.container(only.id) : pages.project(project)
}

/** A service in two short lines: its name, and its state in words. */
export function ServiceTile({ project, service }: { project: string; service: Service }) {
  const { text } = serviceWords(service, useNowMs())
  const isUnhealthy = service.containers.some(
    ({ health, state }) => health === 'unhealthy' && state === 'running',
  )
  return (
    <Tile
      href={serviceHref(project, service)}
      tone={service.tone}
      name={service.name}
      count={service.containers.length}
    >
      {isUnhealthy ? `unhealthy, ${text}` : text}
    </Tile>
  )
}

export function ContainerTile({ container }: { container: Container }) {
  const { tone, text } = fullWords(container, useNowMs())
  return (
    <Tile href={pages.container(container.id)} tone={tone} name={container.name} count={1}>
      {text}
    </Tile>
  )
}

interface TileProps {
  href: string
  tone: Tone
  name: string
  count: number
  children: ReactNode
}

function Tile({ href, tone, name, count, children }: TileProps) {
  return (
    <li className="min-w-0">
      <Link
        href={href}
        prefetch={false}
        className="-mx-2 grid grid-cols-[7px_minmax(0,1fr)] gap-x-2.5 rounded-md px-2 py-1.5 transition-colors duration-100 hover:bg-hover"
      >
        <StateMark tone={tone} className="mt-[7px]" />
        <span className="flex min-w-0 gap-2">
          <span title={name} className="truncate font-medium">
            {name}
          </span>
          {count > 1 ? <span className="shrink-0 text-faint">×{count}</span> : null}
        </span>
        <span className={`col-start-2 truncate text-xs ${toneColour(tone)}`} suppressHydrationWarning>
          {children}
        </span>
      </Link>
    </li>
  )
}

/** A service as one word with its shape, for pages with many. */
export function ServiceChip({ project, service }: { project: string; service: Service }) {
  const { text } = serviceWords(service, useNowMs())
  return (
    <li className="max-w-full min-w-0">
      <Link
        href={serviceHref(project, service)}
        prefetch={false}
        title={`${service.name}: ${text}`}
        className={`-mx-1.5 flex min-w-0 items-center gap-[7px] rounded-md px-1.5 py-0.5 hover:bg-hover hover:text-text ${toneColour(service.tone)}`}
      >
        <StateMark tone={service.tone} />
        <span className="truncate">{service.name}</span>
        <span className="sr-only" suppressHydrationWarning>
          : {text}
        </span>
        {service.containers.length > 1 ? (
          <span className="text-faint">×{service.containers.length}</span>
        ) : null}
      </Link>
    </li>
  )
}

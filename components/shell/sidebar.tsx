'use client'

import type { ReactNode } from 'react'
import { useActiveJobCount } from '#components/jobs/jobs-store'
import {
  useContainers,
  useEngineStatus,
  useImages,
  useNetworks,
  useProjects,
  useVolumes,
} from '#components/live/hooks'
import { useAbilities } from '#components/ui/abilities'
import { Kbd } from '#components/ui/kbd'
import { StateMark } from '#components/ui/state'
import { refusalOf } from '#lib/api/abilities'
import { pages } from '#lib/api/paths'
import { toneWords } from '#lib/docker/containers/container-words'
import { Brand } from './brand.tsx'
import { EngineFoot } from './engine-foot.tsx'
import { NavLink } from './nav-link.tsx'

/** Everything there is, one click away. */
export function Sidebar({ onFind, userMenu }: { onFind: () => void; userMenu: ReactNode }) {
  const projects = useProjects()
  const outsideCount = useContainers().filter(({ compose }) => compose === null).length
  return (
    <>
      <div className="px-2 pt-3">
        <Brand />
        <button
          type="button"
          onClick={onFind}
          aria-keyshortcuts="Control+K Meta+K"
          className="mt-2 flex h-8 w-full items-center justify-between rounded-md border border-line bg-panel px-2 text-muted transition-colors duration-100 hover:border-line-strong hover:text-text pointer-coarse:h-10"
        >
          Go to anything
          <span className="pointer-coarse:hidden">
            <Kbd>Ctrl K</Kbd>
          </span>
        </button>
      </div>
      <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col gap-px overflow-y-auto px-2 pt-1 pb-3">
        <Heading>Projects</Heading>
        <NavLink href={pages.home} hasPagesBelow={false} count={projects.length}>
          All projects
        </NavLink>
        {projects.map((project) => (
          <NavLink
            key={project.name}
            href={pages.project(project.name)}
            mark={<StateMark tone={project.tone} label={toneWords[project.tone]} />}
            count={project.services.length}
          >
            {project.name}
          </NavLink>
        ))}
        {outsideCount > 0 ? (
          <NavLink href={`${pages.home}#outside`} isNeverCurrent count={outsideCount}>
            Outside projects
          </NavLink>
        ) : null}
        <ActivityLink />
        <Heading>Engine</Heading>
        <EngineLinks />
      </nav>
      <div className="flex shrink-0 items-center gap-1 border-t border-line py-1.5 pr-2 pl-4">
        <EngineFoot />
        {userMenu}
      </div>
    </>
  )
}

function ActivityLink() {
  const active = useActiveJobCount()
  return (
    <NavLink href={pages.activity} count={active > 0 ? `${active} running` : null}>
      Activity
    </NavLink>
  )
}

function EngineLinks() {
  const isConnected = useEngineStatus().state === 'connected'
  // While the Engine was never asked, none is not zero.
  const countOf = (list: readonly unknown[]) => (isConnected || list.length > 0 ? list.length : null)
  const containers = useContainers()
  const images = useImages()
  const networks = useNetworks()
  const volumes = useVolumes()
  const isWhole = refusalOf(useAbilities(), 'whole') === null
  return (
    <>
      <NavLink href={pages.containers} count={countOf(containers)}>
        Containers
      </NavLink>
      <NavLink href={pages.images} count={countOf(images)}>
        Images
      </NavLink>
      <NavLink href={pages.networks} count={countOf(networks)}>
        Networks
      </NavLink>
      <NavLink href={pages.volumes} count={countOf(volumes)}>
        Volumes
      </NavLink>
      {isWhole ? <NavLink href={pages.cleanup}>Clean up</NavLink> : null}
    </>
  )
}

function Heading({ children }: { children: ReactNode }) {
  return <h2 className="shrink-0 px-2 pt-3 pb-0.5 text-2xs text-faint">{children}</h2>
}

'use client'

import type { ReactNode } from 'react'
import { pages } from '#lib/api/paths'
import { Kbd } from '#components/ui/kbd'
import { Brand } from './brand.tsx'
import { NavLink } from './nav-link.tsx'

/** Everything there is, one click away. */
export function Sidebar({ onFind }: { onFind: () => void }) {
  return (
    <>
      <div className="px-2 pt-3">
        <Brand />
        <button
          type="button"
          onClick={onFind}
          className="mt-2 flex h-8 w-full items-center justify-between rounded-md border border-line bg-panel px-2 text-muted hover:border-line-strong hover:text-text pointer-coarse:h-10"
        >
          Go to anything
          <span className="pointer-coarse:hidden">
            <Kbd>Ctrl K</Kbd>
          </span>
        </button>
      </div>
      <nav aria-label="Main" className="flex min-h-0 flex-1 flex-col gap-0.5 overflow-y-auto px-2 pb-3">
        <Heading>Projects</Heading>
        <NavLink href={pages.home} hasPagesBelow={false}>
          All projects
        </NavLink>
        <Heading>Engine</Heading>
        <NavLink href={pages.containers}>Containers</NavLink>
        <NavLink href={pages.images}>Images</NavLink>
        <NavLink href={pages.networks}>Networks</NavLink>
        <NavLink href={pages.volumes}>Volumes</NavLink>
      </nav>
    </>
  )
}

function Heading({ children }: { children: ReactNode }) {
  return <h2 className="shrink-0 px-2 pt-3 pb-0.5 text-2xs text-faint">{children}</h2>
}

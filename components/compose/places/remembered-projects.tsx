'use client'

import { useQuery } from '@tanstack/react-query'
import dynamic from 'next/dynamic'
import Link from 'next/link'
import { useState } from 'react'
import { useProjects } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { StateMark } from '#components/ui/state'
import { pages } from '#lib/api/paths'
import { placesQuery } from '../calls.ts'

// Comes when a project is added.
const AddProjectDialog = dynamic(
  () => import('./add-project.tsx').then((module) => module.AddProjectDialog),
  { ssr: false },
)

/** Projects that are known by their folder and have nothing on the Engine now. */
export function RememberedProjects() {
  const { data = [] } = useQuery(placesQuery)
  const running = new Set(useProjects().map(({ name }) => name))
  const idle = data.filter(({ project }) => !running.has(project))
  if (idle.length === 0) return null
  return (
    <section aria-label="Not started">
      <h2 className="border-b border-line pb-2 text-base font-semibold tracking-[-0.01em]">Not started</h2>
      <ul className="grid grid-cols-1 gap-0.5 pt-1.5">
        {idle.map(({ project, workingDir }) => (
          <li key={project} className="flex min-h-7 items-center gap-2.5">
            <StateMark tone="idle" />
            <Link
              href={pages.project(project)}
              prefetch={false}
              className="min-w-0 truncate font-medium hover:underline"
            >
              {project}
            </Link>
            <span className="min-w-0 truncate font-mono text-xs text-faint">{workingDir}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function AddProjectButton() {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button needs="admin" onClick={() => setIsOpen(true)}>
        Add a project…
      </Button>
      {isOpen ? <AddProjectDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}

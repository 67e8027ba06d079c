'use client'

import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Input } from '#components/ui/field'
import { insidePathProblem, pathSteps, tidyPath } from '#lib/files/inside-path'
import { showHidden } from '#lib/logs/visible-text'
import { type FilePlace, pageOf } from './file-place.ts'

/** The way from the root to here, each step a link; and a field for a path one knows. */
export function PathBar({ place, path }: { place: FilePlace; path: string }) {
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const problem = typed === '' ? null : insidePathProblem(typed)
  const steps = pathSteps(path)
  return (
    <div className="flex min-w-0 flex-1 flex-wrap max-md:basis-full items-center gap-x-4 gap-y-2">
      <nav aria-label="Folder" className="flex min-w-0 flex-wrap items-center gap-x-1 font-mono text-xs">
        <Link
          href={pageOf(place, '/')}
          aria-current={steps.length === 0 ? 'page' : undefined}
          className="rounded-sm px-1 hover:bg-hover"
        >
          {place.kind === 'volume' ? place.name : '/'}
        </Link>
        {steps.map((step, index) => (
          <span key={step.path} className="flex min-w-0 items-center gap-x-1">
            {index > 0 || place.kind === 'volume' ? (
              <span aria-hidden className="text-faint">
                /
              </span>
            ) : null}
            <Link
              href={pageOf(place, step.path)}
              aria-current={index === steps.length - 1 ? 'page' : undefined}
              className="truncate rounded-sm px-1 hover:bg-hover"
            >
              {showHidden(step.name)}
            </Link>
          </span>
        ))}
      </nav>
      <form
        className="ml-auto w-44 max-sm:w-full"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed === '' || problem !== null) return
          setTyped('')
          router.push(pageOf(place, tidyPath(typed)))
        }}
      >
        <Input
          isMono
          aria-label="Go to a path"
          aria-invalid={problem !== null}
          title={problem ?? undefined}
          placeholder="go to /a/path"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
      </form>
    </div>
  )
}

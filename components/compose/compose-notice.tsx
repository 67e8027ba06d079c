'use client'

import { useCompose } from './compose-status.tsx'

/** Why a project cannot be operated from here, and what to do about it; nothing where it can. */
export function ComposeNotice() {
  const problem = useCompose()?.problem ?? null
  if (problem === null) return null
  return (
    <section
      aria-label="Why Compose cannot be used here"
      className="rounded-md border border-line border-l-[3px] border-l-warn bg-panel px-3.5 py-2.5 [overflow-wrap:anywhere]"
    >
      <p className="font-medium">{problem.message}</p>
      {problem.hint ? <p className="max-w-[90ch] text-muted">{problem.hint}</p> : null}
      <p className="mt-1 text-xs text-faint">
        Start, stop and restart work all the same; up, down, build and pull need the files.
      </p>
    </section>
  )
}

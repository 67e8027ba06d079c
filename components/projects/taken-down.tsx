'use client'

import Link from 'next/link'
import { useTakenDown } from '#components/live/kept-logs'
import { RelativeTime } from '#components/ui/relative-time'
import { pages } from '#lib/api/paths'

/** Projects that were taken down and of which the logs are kept. */
export function TakenDown() {
  const projects = useTakenDown()
  if (projects.length === 0) return null
  return (
    <section aria-label="Taken down, logs kept">
      <h2 className="border-b border-line pb-2 text-base font-semibold tracking-[-0.01em]">
        Taken down, logs kept
      </h2>
      <ul className="grid grid-cols-1 gap-x-6 pt-1.5 sm:grid-cols-2 xl:grid-cols-3">
        {projects.map(({ project, lineCount, lastLineAtMs }) => (
          <li key={project} className="flex min-w-0 items-center gap-3 py-1">
            <Link href={pages.projectLogs(project)} className="truncate font-medium hover:underline">
              {project}
            </Link>
            <span className="shrink-0 text-xs text-faint">
              {lineCount.toLocaleString('en')} lines
              {lastLineAtMs === null ? null : (
                <>
                  , the last <RelativeTime atMs={lastLineAtMs} />
                </>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

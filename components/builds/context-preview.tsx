'use client'

import { useQuery } from '@tanstack/react-query'
import { TriangleAlert } from 'lucide-react'
import { ErrorPanel } from '#components/ui/error-panel'
import { SkeletonRows } from '#components/ui/skeleton'
import type { BuildContext, FileCount } from '#lib/builds/build-context'
import { formatBytes } from '#lib/format/bytes'
import { contextQuery } from './calls.ts'

/** What the build of each service may send, before it is started. */
export function ContextPreviews({ project, services }: { project: string; services: readonly string[] }) {
  if (services.length === 0) return null
  return (
    <section aria-label="Build contexts" className="grid gap-2 border-t border-line pt-3">
      {services.map((service) => (
        <ServiceContext key={service} project={project} service={service} />
      ))}
    </section>
  )
}

function ServiceContext({ project, service }: { project: string; service: string }) {
  const { data, error } = useQuery(contextQuery(project, service))
  if (error) return <ErrorPanel error={error} />
  if (!data) return <SkeletonRows label={`Reading what the build of ${service} would send`} />
  return <ContextPreview title={service} context={data} />
}

/** One context: what is sent and kept out, in a line; warnings; the largest files behind a click. */
export function ContextPreview({ title, context }: { title: string; context: BuildContext }) {
  const { sent, leftOut, ignoreFile, isPartial, largest } = context
  if (context.isRemote)
    return (
      <p className="text-xs [overflow-wrap:anywhere]">
        <b className="font-medium">{title}</b>{' '}
        <span className="text-muted">is built from {context.folder}: nothing of this machine is sent.</span>
      </p>
    )
  return (
    <div className="grid gap-1 text-xs" data-context={title}>
      <p className="[overflow-wrap:anywhere]">
        <b className="font-medium">{title}</b>{' '}
        <span className="tabular-nums">
          may send {isPartial ? 'at least ' : ''}
          {countWords(sent)}
        </span>
        <span className="text-muted tabular-nums">
          {ignoreFile === null
            ? '; there is no .dockerignore'
            : `; ${ignoreFile} keeps ${isPartial ? 'at least ' : ''}${countWords(leftOut)} out`}
        </span>
      </p>
      <Secrets context={context} />
      <Savings context={context} />
      {largest.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-faint hover:text-text">
            The largest files it may send
          </summary>
          <ol className="mt-1 grid gap-0.5 font-mono">
            {largest.map(({ path, bytes }) => (
              <li key={path} className="flex justify-between gap-3">
                <span className="min-w-0 truncate" title={path}>
                  {path}
                </span>
                <span className="shrink-0 text-muted tabular-nums">{formatBytes(bytes)}</span>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </div>
  )
}

function Secrets({ context: { secrets } }: { context: BuildContext }) {
  if (secrets.length === 0) return null
  return (
    <div className="rounded-md border border-line border-l-[3px] border-l-warn bg-panel px-2.5 py-1.5">
      <p className="flex items-center gap-1.5 font-medium">
        <TriangleAlert aria-hidden className="size-3.5 text-warn" />
        {secrets.length === 1 ? 'A file that looks secret' : `${secrets.length} files that look secret`} may
        end in the image
      </p>
      <ul className="mt-0.5 grid gap-0.5">
        {secrets.map(({ path, what }) => (
          <li key={path} className="[overflow-wrap:anywhere]">
            <span className="font-mono">{path}</span> <span className="text-muted">{what}</span>
          </li>
        ))}
      </ul>
      <p className="mt-0.5 text-muted">Name them in the .dockerignore, unless the image needs them.</p>
    </div>
  )
}

function Savings({ context: { savings } }: { context: BuildContext }) {
  if (savings.length === 0) return null
  return (
    <p className="text-muted">
      Lines for the .dockerignore:{' '}
      {savings.map(({ line, bytes }, index) => (
        <span key={line}>
          {index > 0 ? ', ' : ''}
          <code className="font-mono text-text">{line}</code> keeps out {formatBytes(bytes)}
        </span>
      ))}
    </p>
  )
}

const countWords = ({ files, bytes }: FileCount): string =>
  `${files.toLocaleString('en')} ${files === 1 ? 'file' : 'files'}, ${formatBytes(bytes)}`

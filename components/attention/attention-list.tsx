'use client'

import { type ReactNode, useState } from 'react'
import { Button, LinkButton } from '#components/ui/button'
import { StateMark } from '#components/ui/state'
import { pages } from '#lib/api/paths'
import type { Attention } from '#lib/docker/projects/attention'

// More would push the projects themselves off the screen.
const atFirst = 5

const looks = { logs: 'Read its log', health: 'See the check', inspect: 'Inspect' } as const

/** What needs somebody, each with its reason, its evidence and where to look. One thing in front, no cards. */
export function AttentionList({
  items,
  evidenceOf,
  isProjectShown = false,
}: {
  items: readonly Attention[]
  /** More evidence under an item: the last lines, what the check printed. */
  evidenceOf?: (item: Attention) => ReactNode
  isProjectShown?: boolean
}) {
  const [isWhole, setIsWhole] = useState(false)
  if (items.length === 0) return null
  const shown = isWhole ? items : items.slice(0, atFirst)
  return (
    <ul
      aria-label="What needs you"
      className="divide-y divide-line overflow-hidden rounded-md border border-line border-l-[3px] border-l-bad bg-panel"
    >
      {shown.map((item) => (
        <li key={item.container.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2.5 pr-3 pl-3.5">
          <StateMark tone="bad" className="mt-[7px] -mr-1" />
          <div className="min-w-0 flex-1 basis-60">
            <p className="font-semibold [overflow-wrap:anywhere]">
              {item.title}
              {isProjectShown && item.container.compose ? (
                <span className="font-normal text-muted">
                  {' in '}
                  <a
                    href={pages.project(item.container.compose.project)}
                    className="hover:text-text hover:underline"
                  >
                    {item.container.compose.project}
                  </a>
                </span>
              ) : null}
            </p>
            <p className="max-w-[80ch] text-muted">{item.detail}</p>
            {item.evidence === '' ? null : <Evidence>{item.evidence}</Evidence>}
            {evidenceOf?.(item)}
          </div>
          <LinkButton href={pages.containerTab(item.container.id, item.look)} className="max-sm:ml-5">
            {looks[item.look]}
          </LinkButton>
        </li>
      ))}
      {shown.length < items.length ? (
        <li className="py-1.5 pl-7">
          <Button tone="ghost" onClick={() => setIsWhole(true)}>
            Show {items.length - shown.length} more
          </Button>
        </li>
      ) : null}
    </ul>
  )
}

/** Words of a program, to the letter. */
export function Evidence({ label, children }: { label?: string; children: string }) {
  return (
    <div className="mt-1.5 max-w-[110ch]">
      {label ? <p className="text-xs text-faint">{label}</p> : null}
      <pre className="max-h-40 overflow-auto font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {children}
      </pre>
    </div>
  )
}

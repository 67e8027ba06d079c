'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { cx } from '#lib/format/cx'

export interface Tab {
  href: string
  label: string
  count?: number
}

/** Tabs that are pages: links, so they can be opened beside, shared and gone back from. Scrolls sideways where narrow. */
export function TabsNav({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  // An address that somebody pasted may have the whole id.
  const pathname = usePathname().replace(/(?<=\/[\da-f]{12})[\da-f]{52}(?=\/|$)/, '')
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [])
  return (
    <nav
      aria-label={label}
      className="flex shrink-0 gap-5 overflow-x-auto border-b border-line px-4 [scrollbar-width:none] sm:px-6"
    >
      {tabs.map((tab) => {
        const isCurrent = decodeURIComponent(pathname) === decodeURIComponent(tab.href)
        return (
          <Link
            key={tab.href}
            href={tab.href}
            ref={isCurrent ? current : null}
            aria-current={isCurrent ? 'page' : undefined}
            className={cx(
              'shrink-0 pt-1.5 pb-[9px] -outline-offset-2 transition-colors duration-100',
              isCurrent
                ? 'font-medium text-text shadow-[inset_0_-2px_var(--accent)]'
                : 'text-muted hover:text-text hover:shadow-[inset_0_-2px_var(--line-strong)]',
            )}
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="ml-1.5 text-faint">{tab.count}</span>}
          </Link>
        )
      })}
    </nav>
  )
}

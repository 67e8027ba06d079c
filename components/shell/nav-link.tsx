'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { cx } from '#lib/format/cx'

export interface NavLinkProps {
  href: string
  mark?: ReactNode
  count?: number | string | null
  /** Also current on the pages below this one. */
  hasPagesBelow?: boolean
  /** For a link to a part of a page. */
  isNeverCurrent?: boolean
  children: ReactNode
}

/** One line of the sidebar: a mark, words, a count. */
export function NavLink({
  href,
  mark,
  count,
  hasPagesBelow = true,
  isNeverCurrent = false,
  children,
}: NavLinkProps) {
  const pathname = decodeURIComponent(usePathname())
  const target = decodeURIComponent(href)
  const isCurrent =
    !isNeverCurrent && (pathname === target || (hasPagesBelow && pathname.startsWith(`${target}/`)))
  return (
    <Link
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        'flex h-7 shrink-0 items-center gap-2 rounded-md px-2 -outline-offset-2 transition-colors duration-100 pointer-coarse:h-10',
        isCurrent ? 'bg-sunk font-medium text-text' : 'text-muted hover:bg-hover hover:text-text',
      )}
    >
      {mark}
      <span className="min-w-0 truncate">{children}</span>
      {count === undefined || count === null ? null : (
        <span className="ml-auto pl-2 font-normal text-faint">{count}</span>
      )}
    </Link>
  )
}

'use client'

import { Menu, Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { TooltipProvider } from '#components/ui/tooltip'
import { cx } from '#lib/format/cx'
import { Brand } from './brand.tsx'
import { Sidebar } from './sidebar.tsx'

const Toaster = dynamic(() => import('#components/ui/toaster').then((module) => module.Toaster), {
  ssr: false,
})

/** The frame around every page: sidebar (a sheet under 900 px), top bar, main. Pages put their head, body and foot into main. */
export function AppFrame({ children }: { children: ReactNode }) {
  // The sheet belongs to the page it was opened on: going somewhere closes it.
  const pathname = usePathname()
  const [sheetPage, setSheetPage] = useState<string | null>(null)
  const isSheetOpen = sheetPage === pathname
  useEffect(() => {
    if (!isSheetOpen) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setSheetPage(null)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isSheetOpen])
  return (
    <TooltipProvider>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-on-accent focus-visible:translate-y-0"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh min-[900px]:grid min-[900px]:grid-cols-[216px_minmax(0,1fr)] max-[900px]:flex-col">
        <div
          className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-2 min-[900px]:hidden"
          inert={isSheetOpen}
        >
          <BarButton label="Open the menu" onClick={() => setSheetPage(pathname)}>
            <Menu aria-hidden className="size-[18px]" strokeWidth={1.75} />
          </BarButton>
          <Brand />
          <span className="flex-1" />
          <BarButton label="Go to anything" onClick={() => undefined}>
            <Search aria-hidden className="size-[18px]" strokeWidth={1.75} />
          </BarButton>
        </div>
        {isSheetOpen ? (
          <button
            type="button"
            aria-label="Close the menu"
            className="fixed inset-0 z-30 bg-veil min-[900px]:hidden"
            onClick={() => setSheetPage(null)}
          />
        ) : null}
        <div
          className={cx(
            'flex min-h-0 flex-col border-r border-line bg-bg',
            'max-[900px]:fixed max-[900px]:inset-y-0 max-[900px]:left-0 max-[900px]:z-30 max-[900px]:w-[min(280px,85vw)]',
            isSheetOpen ? 'max-[900px]:animate-slide-in max-[900px]:shadow-lift' : 'max-[900px]:hidden',
          )}
        >
          <Sidebar onFind={() => undefined} />
        </div>
        <main
          id="main"
          tabIndex={-1}
          inert={isSheetOpen}
          className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
        >
          {children}
        </main>
      </div>
      <Toaster />
    </TooltipProvider>
  )
}

function BarButton({
  label,
  onClick,
  children,
}: {
  label: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-10 place-items-center rounded-md text-muted hover:bg-hover hover:text-text"
    >
      {children}
    </button>
  )
}

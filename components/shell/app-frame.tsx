'use client'

import { Menu, Search } from 'lucide-react'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { question } from '#components/containers/action-store'
import { JobDock } from '#components/jobs/job-dock'
import { useStore } from '#components/ui/store'
import { hasToasts } from '#components/ui/toast'
import { cx } from '#lib/format/cx'
import { Brand } from './brand.tsx'
import { EngineBanner } from './engine-banner.tsx'
import { useGlobalKeys } from './keyboard.tsx'
import { Sidebar } from './sidebar.tsx'
import { holdTyping } from './typed-ahead.ts'
import { UserMenu } from './user-menu.tsx'

// Not part of the first load: they come when they are asked for.
const Toaster = dynamic(() => import('#components/ui/toaster').then((module) => module.Toaster), {
  ssr: false,
})
const Questions = dynamic(
  () => import('#components/containers/container-dialogs').then((module) => module.ContainerDialogs),
  { ssr: false },
)
const loadPalette = () => import('./palette.tsx')
const Palette = dynamic(() => loadPalette().then((module) => module.Palette), { ssr: false })
const KeyboardHelp = dynamic(() => import('./keyboard-help.tsx').then((module) => module.KeyboardHelp), {
  ssr: false,
})

/** The frame around every page: sidebar (a sheet under 900 px), top bar, main. Pages put their head, body and foot into main. */
export function AppFrame({ userName, children }: { userName: string; children: ReactNode }) {
  const { isOpen, open, close } = useSheet()
  const [overlay, setOverlay] = useState<'palette' | 'help' | null>(null)
  const openPalette = useCallback(() => {
    if (overlay !== 'palette') holdTyping()
    setOverlay('palette')
  }, [overlay])
  const openHelp = useCallback(() => setOverlay('help'), [])
  const closeOverlay = useCallback(() => setOverlay(null), [])
  const isAsking = useStore(question, (asked) => asked !== null)
  const isTelling = useStore(hasToasts)
  useGlobalKeys({ onNear: warmPalette, onFind: openPalette, onHelp: openHelp })
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 text-on-accent focus-visible:translate-y-0"
      >
        Skip to the page
      </a>
      <div className="flex h-dvh max-[900px]:flex-col min-[900px]:grid min-[900px]:grid-cols-[216px_minmax(0,1fr)]">
        <header
          className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-2 min-[900px]:hidden"
          inert={isOpen}
        >
          <BarButton label="Open the menu" onClick={open}>
            <Menu aria-hidden className="size-[18px]" strokeWidth={1.75} />
          </BarButton>
          <Brand />
          <span className="flex-1" />
          <BarButton label="Go to anything" onClick={openPalette}>
            <Search aria-hidden className="size-[18px]" strokeWidth={1.75} />
          </BarButton>
        </header>
        {isOpen ? (
          <button
            type="button"
            aria-label="Close the menu"
            className="fixed inset-0 z-30 bg-veil min-[900px]:hidden"
            onClick={close}
          />
        ) : null}
        <aside
          aria-label="Sidebar"
          className={cx(
            'flex min-h-0 flex-col border-r border-line bg-bg',
            'max-[900px]:fixed max-[900px]:inset-y-0 max-[900px]:left-0 max-[900px]:z-30 max-[900px]:w-[min(280px,85vw)]',
            isOpen ? 'max-[900px]:animate-slide-in max-[900px]:shadow-lift' : 'max-[900px]:hidden',
          )}
        >
          <Sidebar onFind={openPalette} userMenu={<UserMenu userName={userName} onHelp={openHelp} />} />
        </aside>
        <main
          id="main"
          tabIndex={-1}
          inert={isOpen}
          className="flex min-h-0 min-w-0 flex-1 flex-col outline-none"
        >
          <EngineBanner />
          {children}
          <JobDock />
        </main>
      </div>
      {overlay === 'palette' ? <Palette onClose={closeOverlay} onHelp={openHelp} /> : null}
      {overlay === 'help' ? <KeyboardHelp onClose={closeOverlay} /> : null}
      {isAsking ? <Questions /> : null}
      {isTelling ? <Toaster /> : null}
    </>
  )
}

function warmPalette(): void {
  void loadPalette()
}

/** The sheet belongs to the page it was opened on: going somewhere closes it, and so does Escape. */
function useSheet(): { isOpen: boolean; open: () => void; close: () => void } {
  const pathname = usePathname()
  const [page, setPage] = useState<string | null>(null)
  const isOpen = page === pathname
  useEffect(() => {
    if (!isOpen) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setPage(null)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [isOpen])
  return { isOpen, open: () => setPage(pathname), close: () => setPage(null) }
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

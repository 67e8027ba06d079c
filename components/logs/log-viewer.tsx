'use client'

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useLiveClient } from '#components/live/hooks'
import { LineDetails } from './details/line-details.tsx'
import { useLogKeys } from './keys/use-log-keys.tsx'
import { HistogramStrip } from './histogram/histogram-strip.tsx'
import { LogEmpty } from './log-empty.tsx'
import { type LogPage, LogPageProvider } from './log-page.tsx'
import { LogProblem } from './log-problem.tsx'
import { PlaceBar } from './place/place-bar.tsx'
import type { Place } from './place/place-url.ts'
import { usePlace } from './place/use-place.tsx'
import { usePlaceFocus } from './place/use-place-focus.tsx'
import { SelectionBar } from './reading/selection-bar.tsx'
import { ToEndButton } from './reading/to-end-button.tsx'
import { useReading } from './reading/use-reading.tsx'
import { LogList } from './rows/log-list.tsx'
import { SearchPanel } from './search/search-panel.tsx'
import { useLogSearch } from './search/use-log-search.tsx'
import { LogSession, type LogTarget } from './session/log-session.ts'
import { LogToolbar } from './toolbar/log-toolbar.tsx'
import { useLogView } from './view/use-log-view.tsx'
import { useViewFilter } from './view/use-view-filter.tsx'

export interface LogViewerProps {
  target: LogTarget
  /** Under everything. */
  foot: React.ReactNode
}

/** The log of a container or of a project: everything below the page's head. Its parts read `useLogPage`. */
export function LogViewer({ target, foot }: LogViewerProps) {
  const { place, go } = usePlace()
  const session = useSession(target, place)
  const version = useSyncExternalStore(session.subscribe, session.getVersion, session.getVersion)
  const { view, change } = useLogView()
  useViewFilter(session, view)
  const reading = useReading(session, () => go(null))
  const [openId, open] = useOpenLine(session)
  const searching = useLogSearch(target, view)
  const openLine = (id: number): void => {
    reading.setCurrentId(id)
    open(id)
  }
  const page: LogPage = {
    target,
    session,
    version,
    view,
    change,
    reading,
    go,
    openId,
    open,
    openLine,
    ...searching,
  }
  const isMissing = usePlaceFocus(page)
  const search = useRef<HTMLInputElement>(null)
  useLogKeys(page, { search })

  const { store } = session
  return (
    <LogPageProvider value={page}>
      <LogToolbar searchRef={search} />
      <LogProblem />
      <HistogramStrip />
      <PlaceBar isMissing={isMissing} />
      <div className="relative flex min-h-0 flex-1 flex-col border-t border-line">
        {store.rowCount === 0 ? (
          <LogEmpty />
        ) : (
          <>
            <LogList handle={reading.list} />
            <ToEndButton reading={reading} />
          </>
        )}
        <SelectionBar reading={reading} onDetails={() => open(reading.currentId)} />
      </div>
      {openId !== null ? <LineDetails id={openId} /> : null}
      <SearchPanel />
      {foot}
    </LogPageProvider>
  )
}

/** The line whose details are open; a session's lines have ids of their own. */
function useOpenLine(session: LogSession): [number | null, (id: number | null) => void] {
  const [opened, setOpened] = useState<{ session: LogSession; id: number | null }>({ session, id: null })
  return [opened.session === session ? opened.id : null, (id) => setOpened({ session, id })]
}

function useSession(target: LogTarget, place: Place | null): LogSession {
  const client = useLiveClient()
  const { kind } = target
  const key = target.kind === 'project' ? target.name : target.id
  const session = useMemo(
    () => new LogSession(client, kind === 'project' ? { kind, name: key } : { kind, id: key }, place),
    [client, kind, key, place],
  )
  useEffect(() => session.start(), [session])
  return session
}

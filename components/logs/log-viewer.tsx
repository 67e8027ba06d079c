'use client'

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useLiveClient } from '#components/live/hooks'
import { LineDetails } from './details/line-details.tsx'
import { KeyHelp } from './keys/key-help.tsx'
import { useLogKeys } from './keys/use-log-keys.tsx'
import { LogEmpty } from './log-empty.tsx'
import { type LogPage, LogPageProvider } from './log-page.tsx'
import { LogProblem } from './log-problem.tsx'
import { SelectionBar } from './reading/selection-bar.tsx'
import { ToEndButton } from './reading/to-end-button.tsx'
import { useReading } from './reading/use-reading.tsx'
import { LogList } from './rows/log-list.tsx'
import { LogSession, type LogTarget } from './session/log-session.ts'
import { LogToolbar } from './toolbar/log-toolbar.tsx'
import { useLogView } from './view/use-log-view.tsx'
import { useViewFilter } from './view/use-view-filter.tsx'

export interface LogViewerProps {
  target: LogTarget
  /** Between the toolbar and the lines. */
  strip?: React.ReactNode
  /** Between the lines and the foot. */
  panel?: React.ReactNode
  /** Under everything. */
  foot: React.ReactNode
}

/** The log of a container or of a project: everything below the page's head. Its parts read `useLogPage`. */
export function LogViewer({ target, strip, panel, foot }: LogViewerProps) {
  const session = useSession(target)
  const version = useSyncExternalStore(session.subscribe, session.getVersion, session.getVersion)
  const { view, change } = useLogView()
  useViewFilter(session, view)
  const reading = useReading(session)
  const [openId, open] = useState<number | null>(null)
  const page: LogPage = { target, session, version, view, change, reading, openId, open }
  const search = useRef<HTMLInputElement>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  useLogKeys(page, { search, setHelpOpen })

  const { store } = session
  return (
    <LogPageProvider value={page}>
      <LogToolbar searchRef={search} />
      <LogProblem />
      {strip}
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
        {isHelpOpen ? <KeyHelp /> : null}
      </div>
      {openId !== null ? <LineDetails session={session} id={openId} onClose={() => open(null)} /> : null}
      {panel}
      {foot}
    </LogPageProvider>
  )
}

function useSession(target: LogTarget): LogSession {
  const client = useLiveClient()
  const { kind } = target
  const key = target.kind === 'project' ? target.name : target.id
  const session = useMemo(
    () => new LogSession(client, kind === 'project' ? { kind, name: key } : { kind, id: key }),
    [client, kind, key],
  )
  useEffect(() => session.start(), [session])
  return session
}

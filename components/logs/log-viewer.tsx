'use client'

import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useLiveClient, useLiveStatus } from '#components/live/hooks'
import { notify } from '#components/ui/toast'
import { openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { levels } from '#lib/logs/level'
import type { Filter } from './line-store.ts'
import { LineDetails } from './line-details.tsx'
import { LogEmpty } from './log-empty.tsx'
import { LogList, type LogListHandle } from './log-list.tsx'
import { LogSession, type LogTarget } from './log-session.ts'
import { LogToolbar } from './log-toolbar.tsx'
import { keyHelp, useLogKeys } from './use-log-keys.tsx'
import { type LogView, useLogView } from './use-log-view.tsx'

export interface LogStatus {
  lineCount: number
  isFollowing: boolean
  view: LogView
}

/** The log of a container or of a project: everything between the page's head and its foot. `foot` gets what is shown. */
export function LogViewer({
  target,
  foot,
}: {
  target: LogTarget
  foot: (status: LogStatus) => React.ReactNode
}) {
  const client = useLiveClient()
  const key = target.kind === 'project' ? target.name : target.id
  const { kind } = target
  const session = useMemo(
    () => new LogSession(client, kind === 'project' ? { kind, name: key } : { kind, id: key }),
    [client, kind, key],
  )
  useEffect(() => session.start(), [session])
  const version = useSyncExternalStore(session.subscribe, session.getVersion, session.getVersion)
  const liveStatus = useLiveStatus()
  const { view, change } = useLogView()
  const [isFollowing, setFollowing] = useState(true)
  const [currentId, setCurrentId] = useState<number | null>(null)
  const [openId, setOpenId] = useState<number | null>(null)
  const [selection, setSelection] = useState<{ from: number; to: number } | null>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const [leftAtCount, setLeftAtCount] = useState(0)
  const list = useRef<LogListHandle>(null)
  const search = useRef<HTMLInputElement>(null)
  const { store } = session

  const { text, isRegex, isCaseSensitive } = view
  useEffect(() => {
    const timer = setTimeout(() => session.search.set({ text, isRegex, isCaseSensitive }), 80)
    return () => clearTimeout(timer)
  }, [session, text, isRegex, isCaseSensitive])
  const filter = filterOf(view, session)
  const filterKey = JSON.stringify([
    filter.levels && [...filter.levels],
    filter.sources && [...filter.sources],
    filter.stream,
    filter.isMatchOnly,
  ])
  useEffect(() => {
    const [wantedLevels, sources, stream, isMatchOnly] = JSON.parse(filterKey) as [
      number[] | null,
      number[] | null,
      Filter['stream'],
      boolean,
    ]
    session.setFilter({
      levels: wantedLevels && new Set(wantedLevels),
      sources: sources && new Set(sources),
      stream,
      isMatchOnly,
    })
  }, [session, filterKey])

  const follow = (next: boolean): void => {
    if (next === isFollowing) return
    setFollowing(next)
    setLeftAtCount(store.lineCount + store.droppedCount)
  }
  const goTo = (position: number): void => {
    if (position < 0 || position >= store.rowCount) return
    follow(false)
    setCurrentId(store.idAt(position))
    list.current?.reveal(position)
  }
  const here = (): number => {
    const known = currentId === null ? -1 : store.positionOf(currentId)
    return known >= 0 ? known : (list.current?.topPosition() ?? 0)
  }
  const step = (direction: 1 | -1): void => goTo(store.find(here(), direction, (id) => store.isMatch(id)))
  const stepError = (direction: 1 | -1): void =>
    goTo(store.find(here(), direction, (id) => store.level(id) >= 5))
  const selectedRange = (): [number, number] | null => {
    if (!selection) return null
    const [a, b] = [store.positionOf(selection.from), store.positionOf(selection.to)]
    return a < 0 || b < 0 ? null : [Math.min(a, b), Math.max(a, b)]
  }
  const range = selectedRange()
  const copySelected = (): void => {
    const lines: string[] = []
    if (range) for (let at = range[0]; at <= range[1]; at += 1) lines.push(store.copyText(store.idAt(at)))
    else if (currentId !== null) lines.push(store.copyText(currentId))
    if (lines.length === 0) return
    void navigator.clipboard
      .writeText(lines.join('\n'))
      .then(() => notify.done(`Copied ${lines.length === 1 ? 'the line' : `${lines.length} lines`}.`))
  }
  const toStart = (): void => {
    follow(false)
    setCurrentId(null)
    if (session.hasEarlier) void session.loadOlder(true).then(() => list.current?.reveal(0))
    else list.current?.reveal(0)
  }
  useLogKeys({
    '/': () => search.current?.focus(),
    n: () => step(1),
    N: () => step(-1),
    e: () => stepError(1),
    E: () => stepError(-1),
    j: () => goTo(here() + 1),
    k: () => goTo(here() - 1),
    g: toStart,
    G: () => follow(true),
    f: () => follow(!isFollowing),
    w: () => change({ isWrapped: !view.isWrapped }),
    c: copySelected,
    Enter: () => setOpenId(currentId),
    Escape: () => {
      setOpenId(null)
      setSelection(null)
      setHelpOpen(false)
    },
    '?': () => setHelpOpen(!isHelpOpen),
  })

  const matchNumber =
    session.search.isActive && currentId !== null && store.isMatch(currentId)
      ? store.matchesBefore(store.positionOf(currentId)) + 1
      : 0
  const newCount = isFollowing ? 0 : store.lineCount + store.droppedCount - leftAtCount
  const problem = problemOf(session, liveStatus)
  return (
    <>
      <LogToolbar
        session={session}
        view={view}
        change={change}
        isFollowing={isFollowing}
        onFollow={follow}
        matchNumber={matchNumber}
        searchRef={search}
        onStep={step}
        onClear={() => session.clear()}
        onDownload={(what) => void download(target, view, what)}
      />
      {problem ? (
        <p role="status" className="shrink-0 border-y border-line bg-warn-soft px-4 py-1 text-warn sm:px-6">
          {problem}
        </p>
      ) : null}
      <div className="relative flex min-h-0 flex-1 flex-col border-t border-line">
        {store.rowCount === 0 ? (
          <LogEmpty
            session={session}
            target={target}
            isFiltered={store.lineCount > 0}
            onReset={() => change({ levels: [], stream: 'all', services: [], isMatchOnly: false })}
          />
        ) : (
          <LogList
            session={session}
            version={version}
            handle={list}
            isFollowing={isFollowing}
            onFollow={follow}
            time={view.time}
            isWrapped={view.isWrapped}
            currentId={currentId}
            isSelected={(id) => {
              if (!range) return false
              const position = store.positionOf(id)
              return position >= range[0] && position <= range[1]
            }}
            onOpen={(id) => {
              setCurrentId(id)
              setOpenId(id)
            }}
            onSelect={(id, isRange) => {
              setCurrentId(id)
              setSelection((before) =>
                isRange && before ? { from: before.from, to: id } : { from: id, to: id },
              )
            }}
          />
        )}
        {isFollowing || store.rowCount === 0 ? null : (
          <button
            type="button"
            onClick={() => follow(true)}
            className="absolute right-6 bottom-3 rounded-full border border-line-strong bg-panel px-3 py-1 text-xs shadow-lift hover:bg-hover"
          >
            {newCount > 0
              ? `${newCount.toLocaleString('en')} new ${newCount === 1 ? 'line' : 'lines'} ↓`
              : 'To the end ↓'}
          </button>
        )}
        {range ? (
          <div className="absolute bottom-3 left-6 flex items-center gap-3 rounded-full border border-line-strong bg-panel px-3 py-1 text-xs shadow-lift">
            <span>
              {range[1] - range[0] + 1 === 1 ? '1 line' : `${range[1] - range[0] + 1} lines`} selected
            </span>
            <button type="button" className="text-accent hover:underline" onClick={copySelected}>
              Copy
            </button>
            <button
              type="button"
              className="text-accent hover:underline"
              onClick={() => setOpenId(selection?.to ?? null)}
            >
              Details
            </button>
            <button type="button" className="text-muted hover:underline" onClick={() => setSelection(null)}>
              Clear
            </button>
          </div>
        ) : null}
        {isHelpOpen ? (
          <dl className="absolute top-3 right-6 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 rounded-lg border border-line-strong bg-panel p-4 text-xs shadow-lift">
            {keyHelp.map(([name, words]) => (
              <div key={name} className="contents">
                <dt className="font-mono text-muted">{name}</dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        ) : null}
      </div>
      {openId !== null ? <LineDetails session={session} id={openId} onClose={() => setOpenId(null)} /> : null}
      {foot({ lineCount: store.lineCount, isFollowing, view })}
    </>
  )
}

function filterOf(view: LogView, session: LogSession): Filter {
  return {
    levels: view.levels.length === 0 ? null : new Set(view.levels.map((level) => levels.indexOf(level))),
    stream: view.stream,
    isMatchOnly: view.isMatchOnly && view.text !== '',
    sources:
      view.services.length === 0
        ? null
        : new Set(
            session.sources
              .filter((source) => view.services.includes(source.service || source.name))
              .map((source) => source.index),
          ),
  }
}

function problemOf(session: LogSession, liveStatus: string): string {
  if (session.search.error) return session.search.error
  if (session.olderError) return session.olderError
  if (session.interrupted) return session.interrupted.message
  if (liveStatus === 'reconnecting')
    return 'The connection to Composure is lost; lines go on where they stopped once it is back.'
  if (session.sources.some((source) => source.state === 'away'))
    return 'Docker does not answer; lines go on where they stopped once it is back.'
  return ''
}

/** Fetched, not linked: the request carries the per-session secret. */
async function download(target: LogTarget, view: LogView, what: 'all' | 'filtered' | 'jsonl'): Promise<void> {
  const base =
    target.kind === 'project'
      ? paths.projectLogsDownload(target.name)
      : paths.containerLogsDownload(target.id)
  const query = new URLSearchParams({ format: what === 'jsonl' ? 'jsonl' : 'text', tail: 'all' })
  if (what !== 'all') {
    if (view.text && !view.isRegex) query.set('text', view.text)
    if (view.levels.length > 0) query.set('levels', view.levels.join())
    if (view.stream !== 'all') query.set('streams', view.stream)
    if (view.services.length > 0) query.set('services', view.services.join())
  }
  try {
    const response = await openStream(`${base}?${query.toString()}`)
    const name =
      /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'log.log'
    const url = URL.createObjectURL(await response.blob())
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 60_000)
  } catch (error) {
    notify.error('The log could not be downloaded.', error)
  }
}

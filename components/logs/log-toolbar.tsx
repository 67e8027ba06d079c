'use client'

import { ArrowDown, ArrowUp, CaseSensitive, Download, Eraser, Filter, Regex, WrapText } from 'lucide-react'
import type { Ref } from 'react'
import { Button } from '#components/ui/button'
import { IconButton } from '#components/ui/icon-button'
import { Menu, MenuChoice, MenuDivider, MenuItem } from '#components/ui/menu'
import { Chip, FilterBox, Toolbar } from '#components/ui/toolbar'
import { cx } from '#lib/format/cx'
import { type Level, levels } from '#lib/logs/level'
import { sourceColors, sourceLabel } from './log-row.tsx'
import type { LogSession } from './log-session.ts'
import type { LogView } from './use-log-view.tsx'

const shownLevels: readonly Level[] = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'unknown']

export interface LogToolbarProps {
  session: LogSession
  view: LogView
  change: (part: Partial<LogView>) => void
  isFollowing: boolean
  onFollow: (isFollowing: boolean) => void
  matchNumber: number
  searchRef: Ref<HTMLInputElement>
  onStep: (step: 1 | -1) => void
  onClear: () => void
  onDownload: (what: 'all' | 'filtered' | 'jsonl') => void
}

/** What is shown of the log and how. */
export function LogToolbar(props: LogToolbarProps) {
  const { session, view, change } = props
  return (
    <Toolbar>
      {session.sources.length > 1 ? <SourceChips session={session} view={view} change={change} /> : null}
      <SearchBox {...props} />
      <LevelMenu view={view} change={change} session={session} />
      <ViewMenu view={view} change={change} />
      <IconButton
        label={view.isWrapped ? 'Keep long lines on one line (w)' : 'Wrap long lines (w)'}
        icon={WrapText}
        aria-pressed={view.isWrapped}
        className={cx(view.isWrapped && 'bg-accent-soft text-accent')}
        onClick={() => change({ isWrapped: !view.isWrapped })}
      />
      <DownloadMenu onDownload={props.onDownload} />
      <IconButton label="Clear what is shown; the log itself stays" icon={Eraser} onClick={props.onClear} />
      <Chip isOn={props.isFollowing} onClick={() => props.onFollow(!props.isFollowing)}>
        follow
      </Chip>
    </Toolbar>
  )
}

type Part = Pick<LogToolbarProps, 'session' | 'view' | 'change'>

function SourceChips({ session, view, change }: Part) {
  const names = [...new Set(session.sources.map((source) => source.service || source.name))]
  return (
    <div
      role="group"
      aria-label="Services"
      className="flex max-w-full gap-1.5 overflow-x-auto [scrollbar-width:none]"
    >
      {names.map((name) => {
        const source = session.sources.find((candidate) => (candidate.service || candidate.name) === name)
        const isOn = view.services.length === 0 || view.services.includes(name)
        const toggle = (): void => {
          const shown = view.services.length === 0 ? names : [...view.services]
          const next = isOn ? shown.filter((other) => other !== name) : [...shown, name]
          change({ services: next.length === names.length ? [] : next })
        }
        return (
          <Chip key={name} isOn={isOn} onClick={toggle}>
            <span
              aria-hidden
              className={cx(
                'size-2 rounded-[2px] bg-current',
                sourceColors[(source?.index ?? 0) % sourceColors.length],
              )}
            />
            {source ? sourceLabel({ ...source, number: 0 }) : name}
          </Chip>
        )
      })}
    </div>
  )
}

function SearchBox({ session, view, change, matchNumber, searchRef, onStep }: LogToolbarProps) {
  const { search, store } = session
  return (
    <div className="flex min-w-0 flex-1 basis-72 items-center gap-1">
      <FilterBox
        value={view.text}
        onChange={(text) => change({ text })}
        label="Search these lines"
        inputRef={searchRef}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onStep(event.shiftKey ? -1 : 1)
        }}
      />
      <IconButton
        label="Regular expression"
        icon={Regex}
        aria-pressed={view.isRegex}
        className={cx(view.isRegex && 'bg-accent-soft text-accent')}
        onClick={() => change({ isRegex: !view.isRegex })}
      />
      <IconButton
        label="Match case"
        icon={CaseSensitive}
        aria-pressed={view.isCaseSensitive}
        className={cx(view.isCaseSensitive && 'bg-accent-soft text-accent')}
        onClick={() => change({ isCaseSensitive: !view.isCaseSensitive })}
      />
      <IconButton
        label="Only lines that match"
        icon={Filter}
        aria-pressed={view.isMatchOnly}
        className={cx(view.isMatchOnly && 'bg-accent-soft text-accent')}
        onClick={() => change({ isMatchOnly: !view.isMatchOnly })}
      />
      {search.isActive ? (
        <>
          <IconButton label="Previous match (N)" icon={ArrowUp} onClick={() => onStep(-1)} />
          <IconButton label="Next match (n)" icon={ArrowDown} onClick={() => onStep(1)} />
          <span role="status" data-match-count className="min-w-[9ch] text-xs whitespace-nowrap text-muted">
            {matchNumber > 0 ? `${matchNumber.toLocaleString('en')} of ` : ''}
            {store.matchCount.toLocaleString('en')}
            {search.isSearching ? '…' : ''}
          </span>
        </>
      ) : null}
    </div>
  )
}

function LevelMenu({ session, view, change }: Part) {
  const isAll = view.levels.length === 0
  const toggle = (level: Level): void => {
    const next = view.levels.includes(level)
      ? view.levels.filter((other) => other !== level)
      : [...view.levels, level]
    change({ levels: next })
  }
  return (
    <Menu
      label="Levels"
      align="start"
      trigger={
        <Button className={cx(!isAll && 'border-accent')}>
          {isAll ? 'all levels' : view.levels.join(', ')}
        </Button>
      }
    >
      <MenuItem onSelect={() => change({ levels: [] })}>All levels</MenuItem>
      <MenuItem onSelect={() => change({ levels: ['warn', 'error', 'fatal'] })}>Warnings and worse</MenuItem>
      <MenuDivider />
      {shownLevels.map((level) => (
        <MenuItem
          key={level}
          shortcut={(session.store.countsByLevel[levels.indexOf(level)] ?? 0).toLocaleString('en')}
          onSelect={() => toggle(level)}
        >
          {`${view.levels.includes(level) ? '✓ ' : ''}${level === 'unknown' ? 'no level said' : level}`}
        </MenuItem>
      ))}
    </Menu>
  )
}

function ViewMenu({ view, change }: Omit<Part, 'session'>) {
  return (
    <Menu label="View" trigger={<Button>{view.stream === 'all' ? 'view' : view.stream}</Button>}>
      <MenuChoice
        label="Stream"
        value={view.stream}
        choices={[
          { value: 'all', label: 'stdout and stderr' },
          { value: 'stdout', label: 'stdout only' },
          { value: 'stderr', label: 'stderr only' },
        ]}
        onChange={(stream) => change({ stream })}
      />
      <MenuDivider />
      <MenuChoice
        label="Time"
        value={view.time}
        choices={[
          { value: 'off', label: 'No times' },
          { value: 'time', label: 'Time of day' },
          { value: 'local', label: 'Date and time, here' },
          { value: 'utc', label: 'Date and time, UTC' },
        ]}
        onChange={(time) => change({ time })}
      />
    </Menu>
  )
}

function DownloadMenu({ onDownload }: Pick<LogToolbarProps, 'onDownload'>) {
  return (
    <Menu label="Download" trigger={<IconButton label="Download" icon={Download} />}>
      <MenuItem icon={Download} onSelect={() => onDownload('all')}>
        The whole log
      </MenuItem>
      <MenuItem icon={Download} onSelect={() => onDownload('filtered')}>
        The whole log, filtered as here
      </MenuItem>
      <MenuItem icon={Download} onSelect={() => onDownload('jsonl')}>
        As JSON lines, filtered as here
      </MenuItem>
    </Menu>
  )
}

import { memo } from 'react'
import { cx } from '#lib/format/cx'
import { levels } from '#lib/logs/level'
import { lineFlags } from '#lib/logs/line-assembler'
import type { LogSession } from '../session/log-session.ts'
import type { TimeMode } from '../view/view-url.ts'
import { FieldCells, type FieldColumn } from './columns.tsx'
import { LineText } from './line-text.tsx'
import { NoteLine } from './note-line.tsx'
import { SourceCell, TimeCell } from './row-cells.tsx'

export interface LogRowProps {
  session: LogSession
  id: number
  time: TimeMode
  hasSources: boolean
  columns: readonly FieldColumn[]
  isWrapped: boolean
  isCurrent: boolean
  isSelected: boolean
  onOpen: (id: number) => void
  onSelect: (id: number, isRange: boolean) => void
  /** Changes when the row may look otherwise. */
  version: number
}

/** One line, or what happened between two. All text of a log is a text node here. */
export const LogRow = memo(function LogRow(props: LogRowProps) {
  const { session, id, isCurrent, isSelected } = props
  const note = session.store.note(id)
  if (note) return <NoteLine note={note} session={session} onLoadOlder={() => void session.loadOlder()} />
  const level = session.store.level(id)
  const flags = session.store.flags(id)
  const isError = level >= 5
  return (
    <div
      data-row={id}
      data-level={levels[level]}
      className={cx(
        'flex min-h-5 min-w-full items-start gap-3 max-sm:gap-2 border-l-2 pr-4 pl-[14px] sm:pl-[22px]',
        isError ? 'border-bad bg-bad-soft' : level === 4 ? 'border-warn' : 'border-transparent',
        isSelected && 'bg-accent-soft!',
        isCurrent && 'outline outline-1 -outline-offset-1 outline-accent',
        !props.isWrapped && 'h-5',
      )}
    >
      <TimeCell {...props} />
      {props.hasSources ? <SourceCell session={session} index={session.store.source(id)} /> : null}
      <span
        className={cx(
          'w-[5ch] shrink-0 select-none max-sm:hidden',
          isError ? 'text-bad' : level === 4 ? 'text-warn' : 'text-faint',
        )}
      >
        {level === 0 ? '' : levels[level]}
      </span>
      <span
        className="flex w-[1ch] shrink-0 text-warn select-none"
        title={(flags & lineFlags.stderr) !== 0 ? 'stderr' : undefined}
      >
        {(flags & lineFlags.stderr) !== 0 ? '!' : ''}
      </span>
      {props.columns.length > 0 ? <FieldCells text={session.store.text(id)} columns={props.columns} /> : null}
      <LineText {...props} />
    </div>
  )
})

import { cx } from '#lib/format/cx'
import { toIsoNanos, toMs } from '#lib/logs/nano-time'
import type { LogSession } from '../session/log-session.ts'
import { timeWidth } from './columns.tsx'
import type { LogRowProps } from './log-row.tsx'
import { formatRowTime } from './row-time.ts'
import { sourceColor, sourceLabel } from './source-label.ts'

export function TimeCell({ session, id, time, onSelect }: LogRowProps) {
  if (time === 'off') return null
  const at = session.store.time(id)
  return (
    <button
      type="button"
      tabIndex={-1}
      title={`${toIsoNanos(at)} · click to select the line, Shift-click for a range`}
      onClick={(event) => onSelect(id, event.shiftKey)}
      className={cx(
        timeWidth(time),
        'overflow-hidden whitespace-nowrap text-left text-faint select-none hover:text-text',
      )}
    >
      {formatRowTime(toMs(at), time)}
    </button>
  )
}

export function SourceCell({ session, index }: { session: LogSession; index: number }) {
  const source = session.sourceOf(index)
  const label = source ? sourceLabel(source) : ''
  return (
    <span
      title={source?.name}
      className={cx('w-[10ch] shrink-0 truncate select-none max-sm:w-[7ch]', sourceColor(index))}
    >
      {label}
    </span>
  )
}

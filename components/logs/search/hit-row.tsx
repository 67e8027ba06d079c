import { memo } from 'react'
import { cx } from '#lib/format/cx'
import { detectLevel, levels } from '#lib/logs/level'
import { toMs } from '#lib/logs/nano-time'
import type { Hit } from '#lib/logs/search/hit-list'
import type { LogSource } from '#lib/logs/wire'
import { formatRowTime } from '../rows/row-time.ts'
import { highlight, rowView } from '../rows/row-view.ts'
import { sourceColor, sourceLabel } from '../rows/source-label.ts'
import { TextPieces } from '../rows/text-pieces.tsx'
import type { LogSession } from '../session/log-session.ts'
import type { TimeMode } from '../view/view-url.ts'

export interface HitRowProps {
  id: string
  hit: Hit
  source: LogSource | undefined
  session: LogSession
  time: TimeMode
  isCurrent: boolean
  index: number
  /** Changes when the highlights may look otherwise. */
  version: number
}

/** One line that was found. A click shows it among its neighbours. */
export const HitRow = memo(function HitRow(props: HitRowProps) {
  const { id, hit, source, session, isCurrent } = props
  const level = detectLevel(hit.text)
  const view = rowView(hit.text)
  return (
    <div
      id={id}
      role="option"
      aria-selected={isCurrent}
      // The list has the focus and the keys.
      tabIndex={-1}
      data-index={props.index}
      className={cx(
        'flex h-5 min-w-full cursor-default items-start gap-3 border-l-2 pr-4 pl-[14px] whitespace-pre hover:bg-hover sm:pl-[22px]',
        level >= 5 ? 'border-bad' : level === 4 ? 'border-warn' : 'border-transparent',
        isCurrent && 'bg-accent-soft! outline outline-1 -outline-offset-1 outline-accent',
      )}
    >
      <span className="shrink-0 text-faint select-none">
        {formatRowTime(toMs(hit.cursor), props.time === 'utc' ? 'utc' : 'local')}
      </span>
      {source ? (
        <span
          title={source.name}
          className={cx('w-[10ch] shrink-0 truncate select-none', sourceColor(source.index))}
        >
          {sourceLabel(source)}
        </span>
      ) : null}
      <span
        className={cx(
          'w-[5ch] shrink-0 select-none max-sm:hidden',
          level >= 5 ? 'text-bad' : level === 4 ? 'text-warn' : 'text-faint',
        )}
      >
        {level === 0 ? '' : levels[level]}
      </span>
      <span className="min-w-0 flex-1">
        <TextPieces pieces={highlight(view.spans, session.find.rangesOf(view.text))} />
      </span>
    </div>
  )
})

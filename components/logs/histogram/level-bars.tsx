'use client'

import { cx } from '#lib/format/cx'
import type { Column } from '#lib/logs/search/histogram-columns'
import { barColors } from './bar-colors.ts'
import { columnWords } from './column-words.ts'
import { type ColumnSpan, useBrush } from './use-brush.tsx'

const height = 40
const gap = 0.15

/** Lines over time as bars, levels on top of each other. A stretch of it can be chosen. */
export function LevelBars({
  columns,
  onChoose,
}: {
  columns: readonly Column[]
  onChoose: (span: ColumnSpan) => void
}) {
  const { span, handlers } = useBrush(columns.length, onChoose)
  const top = Math.max(1, ...columns.map((column) => column.total))
  const words = span ? columnWords(columns.slice(span[0], span[1] + 1)) : columnWords(columns)
  return (
    <div className="min-w-0 flex-1">
      <div
        role="slider"
        aria-label="Lines over time; arrow keys choose, Shift widens, Enter zooms in"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, columns.length - 1)}
        aria-valuenow={span?.[1] ?? 0}
        aria-valuetext={words}
        tabIndex={0}
        data-columns={columns.length}
        {...handlers}
        className="relative cursor-crosshair touch-none"
        style={{ height }}
      >
        <svg
          aria-hidden
          width="100%"
          height={height}
          viewBox={`0 0 ${columns.length} ${height}`}
          preserveAspectRatio="none"
          className="block"
        >
          {columns.map((column, index) => (
            <Bar key={column.startMs} column={column} index={index} top={top} />
          ))}
          {span ? (
            <rect
              x={span[0]}
              width={span[1] - span[0] + 1}
              y={0}
              height={height}
              fill="var(--accent)"
              opacity={0.18}
            />
          ) : null}
        </svg>
      </div>
      <p data-histogram-words className={cx('truncate text-2xs', span ? 'text-text' : 'text-muted')}>
        {words}
      </p>
    </div>
  )
}

function Bar({ column, index, top }: { column: Column; index: number; top: number }) {
  // A single error among a million lines is still seen.
  const scale = (count: number): number => (count === 0 ? 0 : Math.max(1.5, (count / top) * (height - 2)))
  let y = height
  return barColors.map(([level, fill]) => {
    const size = scale(column.counts[level] ?? 0)
    if (size === 0) return null
    y -= size
    return (
      <rect key={level} x={index + gap / 2} width={1 - gap} y={Math.max(0, y)} height={size} fill={fill} />
    )
  })
}

'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef } from 'react'
import { cssOf } from '#components/ui/text-style'
import { parseAnsi } from '#lib/logs/ansi'
import { showHidden } from '#lib/logs/visible-text'
import { cx } from '#lib/format/cx'
import type { JobLog, OutputLine } from '#lib/jobs/job-log'

const lineHeight = 20
// So near to the end one reads along.
const endSlack = 40

/** Everything the job printed, line by line, with its colours; stays at the end while one is there. */
export function JobOutput({ log }: { log: JobLog }) {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const count = log.lines.length
  const rows = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  })
  useEffect(() => {
    if (isAtEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight
  }, [count])
  return (
    <div
      ref={box}
      // A region that scrolls must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label="Output"
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollHeight - scrollTop - clientHeight < endSlack
      }}
      className="min-h-0 flex-1 overflow-auto rounded-md border border-line bg-sunk py-1 font-mono text-xs leading-5"
    >
      {count === 0 ? <p className="px-3 font-sans text-muted">Nothing yet.</p> : null}
      <div className="relative w-max min-w-full" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const line = log.lines[index]
          return line ? <Line key={line.n} line={line} top={start} /> : null
        })}
      </div>
    </div>
  )
}

function Line({ line, top }: { line: OutputLine; top: number }) {
  return (
    <div
      data-line={line.n}
      className={cx(
        'absolute left-0 flex h-5 gap-3 px-3 whitespace-pre',
        line.stream === 'stderr' && 'text-warn',
        line.stream === 'note' && 'text-muted italic',
        line.stream === 'step' && 'text-muted',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <LineSpans text={line.text} />
    </div>
  )
}

/** A line's text with its colours, as text nodes only. */
export function LineSpans({ text }: { text: string }) {
  const spans = parseAnsi(text)
  return (
    <span>
      {spans.map((span, index) => (
        <span key={index} style={cssOf(span.style)}>
          {showHidden(span.text)}
        </span>
      ))}
    </span>
  )
}

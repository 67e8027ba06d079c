'use client'

import { Chip } from '#components/ui/toolbar'
import { cx } from '#lib/format/cx'
import { useLogPage } from '../log-page.tsx'
import { sourceColor, sourceLabel } from '../rows/source-label.ts'

/** How many lines were found in which container; a click narrows to that service. */
export function SourceCounts() {
  const { search, view, change } = useLogPage()
  const { progress, sources } = search
  if (!progress || sources.length < 2) return null
  const shown = progress.sources
    .filter((source) => source.hitCount > 0 || source.state === 'failed')
    .sort((a, b) => b.hitCount - a.hitCount)
  if (shown.length === 0) return null
  return (
    <div
      role="group"
      aria-label="Found in"
      className="flex shrink-0 gap-1.5 overflow-x-auto px-4 pb-1.5 [scrollbar-width:none] sm:px-6"
    >
      {shown.map(({ index, hitCount, state, detail }) => {
        const source = sources[index]
        if (!source) return null
        const name = source.service || source.name
        const isOnly = view.services.length === 1 && view.services[0] === name
        return (
          <Chip
            key={source.containerId}
            isOn={isOnly}
            onClick={() => change({ services: isOnly ? [] : [name] })}
          >
            <span aria-hidden className={cx('size-2 rounded-[2px] bg-current', sourceColor(index))} />
            <span title={detail ?? source.name}>{sourceLabel(source)}</span>
            <span className={cx('font-mono', state === 'failed' ? 'text-bad' : 'text-muted')}>
              {state === 'failed' ? 'not read' : hitCount.toLocaleString('en')}
            </span>
          </Chip>
        )
      })}
    </div>
  )
}

'use client'

import { Chip } from '#components/ui/toolbar'
import { cx } from '#lib/format/cx'
import { useLogPage } from '../log-page.tsx'
import { ErrorBadge } from './error-badge.tsx'
import { sourceColor, sourceLabel } from '../rows/source-label.ts'

/** More stand in a row of their own. */
const oneRowNames = 3

/** Services to show or hide. */
export function SourceChips() {
  const { session, view, change } = useLogPage()
  const names = [...new Set(session.sources.map((source) => source.service || source.name))]
  return (
    <div
      role="group"
      aria-label="Services"
      className={cx(
        'flex max-w-full gap-1.5 overflow-x-auto [scrollbar-width:none]',
        names.length > oneRowNames && 'basis-full',
      )}
    >
      {names.map((name) => {
        const sources = session.sources.filter((candidate) => (candidate.service || candidate.name) === name)
        const [source] = sources
        const isOn = view.services.length === 0 || view.services.includes(name)
        const toggle = (): void => {
          const shown = view.services.length === 0 ? names : [...view.services]
          const next = isOn ? shown.filter((other) => other !== name) : [...shown, name]
          change({ services: next.length === names.length ? [] : next })
        }
        return (
          <span key={name} className="inline-flex shrink-0 items-center gap-1.5">
            <Chip isOn={isOn} onClick={toggle}>
              <span
                aria-hidden
                className={cx('size-2 rounded-[2px] bg-current', sourceColor(source?.index ?? 0))}
              />
              {source ? sourceLabel({ ...source, number: 0 }) : name}
            </Chip>
            <ErrorBadge service={name} sourceIndexes={sources.map(({ index }) => index)} />
          </span>
        )
      })}
    </div>
  )
}

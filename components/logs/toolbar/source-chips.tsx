'use client'

import { Chip } from '#components/ui/toolbar'
import { cx } from '#lib/format/cx'
import { useLogPage } from '../log-page.tsx'
import { sourceColor, sourceLabel } from '../rows/source-label.ts'

/** Services to show or hide. */
export function SourceChips() {
  const { session, view, change } = useLogPage()
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
              className={cx('size-2 rounded-[2px] bg-current', sourceColor(source?.index ?? 0))}
            />
            {source ? sourceLabel({ ...source, number: 0 }) : name}
          </Chip>
        )
      })}
    </div>
  )
}

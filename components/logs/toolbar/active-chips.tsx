'use client'

import { X } from 'lucide-react'
import { cx } from '#lib/format/cx'
import type { FieldFilter } from '#lib/logs/structure/fields'
import { showHidden } from '#lib/logs/visible-text'
import type { Query } from '../find/pattern.ts'
import { useLogPage } from '../log-page.tsx'
import { hitStyle } from '../rows/hit-style.ts'

const maxShown = 60

/** What is filtered by field and what stays highlighted, each to take away: the legend of the colours, too. */
export function ActiveChips() {
  const { view, change } = useLogPage()
  if (view.fields.length === 0 && view.highlights.length === 0) return null
  return (
    <div
      className="flex basis-full flex-wrap items-center gap-1.5"
      role="group"
      aria-label="Filters and highlights"
    >
      {view.fields.map((field) => (
        <FieldChip
          key={JSON.stringify(field)}
          field={field}
          onRemove={() => change({ fields: view.fields.filter((other) => other !== field) })}
          onTurn={() =>
            change({
              fields: view.fields.map((other) =>
                other === field ? { ...field, isNot: !field.isNot } : other,
              ),
            })
          }
        />
      ))}
      {view.highlights.map((highlight, index) => (
        <HighlightChip
          key={JSON.stringify(highlight)}
          highlight={highlight}
          index={index + 1}
          onRemove={() => change({ highlights: view.highlights.filter((other) => other !== highlight) })}
        />
      ))}
    </div>
  )
}

function FieldChip({
  field,
  onRemove,
  onTurn,
}: {
  field: FieldFilter
  onRemove: () => void
  onTurn: () => void
}) {
  const words = `${field.key} is ${field.isNot ? 'not ' : ''}${field.value}`
  return (
    <span
      data-field-chip
      className="inline-flex h-6 max-w-full items-center rounded-full border border-accent bg-accent-soft text-xs"
    >
      <button
        type="button"
        title={field.isNot ? 'Show only lines with this value' : 'Show only lines without this value'}
        aria-label={`${words}; turn round`}
        onClick={onTurn}
        className="truncate pl-2.5 font-mono"
      >
        <span className="text-muted">{showHidden(field.key)}</span>
        <span className={cx('px-1', field.isNot && 'text-bad')}>{field.isNot ? '≠' : '='}</span>
        {showHidden(field.value.slice(0, maxShown))}
      </button>
      <RemoveButton label={`Remove the filter ${words}`} onClick={onRemove} />
    </span>
  )
}

function HighlightChip({
  highlight,
  index,
  onRemove,
}: {
  highlight: Query
  index: number
  onRemove: () => void
}) {
  const { session } = useLogPage()
  const count = session.store.markCount(1 << index)
  return (
    <span
      data-highlight-chip
      className="inline-flex h-6 max-w-full items-center gap-1.5 rounded-full border border-line-strong pl-2.5 text-xs"
    >
      <span className={cx('truncate rounded-sm font-mono', hitStyle(index))}>
        {showHidden(highlight.text.slice(0, maxShown))}
      </span>
      <span className="text-faint">{count.toLocaleString('en')}</span>
      <RemoveButton label={`Remove the highlight ${highlight.text}`} onClick={onRemove} />
    </span>
  )
}

function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-6 place-items-center rounded-full text-muted hover:text-text"
    >
      <X aria-hidden className="size-3" />
    </button>
  )
}

'use client'

import { Plus, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '#components/ui/button'
import { Section } from '#components/ui/facts'
import { IconButton } from '#components/ui/icon-button'

/** A list of rows one can add to and take from. */
export function RowList<Row>({
  title,
  rows,
  addLabel,
  empty,
  make,
  onChange,
  children,
}: {
  title: string
  rows: readonly Row[]
  addLabel: string
  /** What it means to have none. */
  empty: string
  make: () => Row
  onChange: (rows: Row[]) => void
  children: (row: Row, index: number, change: (part: Partial<Row>) => void) => ReactNode
}) {
  return (
    <Section
      title={title}
      aside={
        <Button tone="ghost" className="-mr-2.5" onClick={() => onChange([...rows, make()])}>
          <Plus aria-hidden className="size-3.5" />
          {addLabel}
        </Button>
      }
    >
      {rows.length === 0 ? (
        <p className="text-xs text-faint">{empty}</p>
      ) : (
        <ul className="grid gap-2">
          {rows.map((row, index) => (
            <li key={index} className="flex items-start gap-1.5">
              <div className="min-w-0 flex-1">
                {children(row, index, (part) =>
                  onChange(rows.map((each, place) => (place === index ? { ...each, ...part } : each))),
                )}
              </div>
              <IconButton
                label={`Remove ${title.toLowerCase()} ${index + 1}`}
                icon={X}
                onClick={() => onChange(rows.filter((_, place) => place !== index))}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

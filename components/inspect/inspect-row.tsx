'use client'

import type { JsonRow } from '#lib/format/json-tree'
import { ChevronRight } from 'lucide-react'

interface InspectRowProps {
  index: number
  row: JsonRow
  top: number
  isSelected: boolean
}

const leafColour = {
  string: 'text-text',
  number: 'text-accent',
  boolean: 'text-accent',
  null: 'text-faint',
  none: '',
}

export function InspectRow({ index, row, top, isSelected }: InspectRowProps) {
  return (
    // The tree around it takes the keys and the clicks.
    <div
      id={`inspect-row-${index}`}
      data-index={index}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.depth + 1}
      aria-selected={isSelected}
      aria-expanded={row.kind === 'leaf' ? undefined : row.isOpen}
      className={`absolute inset-x-0 flex h-6 cursor-default items-center gap-1 whitespace-pre pr-3 ${isSelected ? 'bg-accent-soft' : 'hover:bg-sunk'}`}
      style={{ top, paddingLeft: 8 + row.depth * 16 }}
    >
      <ChevronRight
        aria-hidden
        className={`size-3.5 flex-none text-faint ${row.kind === 'leaf' ? 'invisible' : ''} ${row.isOpen ? 'rotate-90' : ''}`}
      />
      <span className={row.isMatch ? 'text-warn' : 'text-muted'}>{row.key}</span>
      {row.kind === 'leaf' ? (
        <span
          className={`min-w-0 truncate pl-2 ${leafColour[row.leafType]}`}
          title={row.text.length > 80 ? row.text : undefined}
        >
          {row.text}
        </span>
      ) : (
        <span className="pl-2 text-faint">
          {row.kind === 'array' ? `[${row.childCount}]` : `{${row.childCount}}`}
        </span>
      )}
    </div>
  )
}

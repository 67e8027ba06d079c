'use client'

import { inspectTemplate } from '#lib/docker/containers/inspect-template'
import { layOutJson, type JsonRow } from '#lib/format/json-tree'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useDeferredValue, useMemo, useRef, useState } from 'react'
import { InspectRow } from './inspect-row.tsx'

interface InspectTreeProps {
  document: unknown
  /** Told which place of the document the reader stands on, as the template that prints it. */
  onSelect: (template: string) => void
}

const rowHeight = 24

/** A JSON document as a searchable tree: arrows move and open, `/` searches, the chosen place is a docker command. */
export function InspectTree({ document, onSelect }: InspectTreeProps) {
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const [query, setQuery] = useState('')
  const [selected, setSelected] = useState(0)
  const scroller = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLInputElement>(null)
  const deferredQuery = useDeferredValue(query)
  const tree = useMemo(
    () => layOutJson(document, { toggled, openDepth: 1, query: deferredQuery }),
    [document, toggled, deferredQuery],
  )
  const virtualizer = useVirtualizer({
    count: tree.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })

  const select = (index: number): void => {
    const row = tree.rows[Math.max(0, Math.min(index, tree.rows.length - 1))]
    if (!row) return
    const position = tree.rows.indexOf(row)
    setSelected(position)
    virtualizer.scrollToIndex(position)
    onSelect(inspectTemplate(row.path))
  }
  const toggle = (row: JsonRow): void => {
    if (row.kind === 'leaf' || deferredQuery !== '') return
    const next = new Set(toggled)
    if (!next.delete(row.id)) next.add(row.id)
    setToggled(next)
  }
  const onClick = (event: MouseEvent<HTMLElement>): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-index]') : null
    const row = target ? tree.rows[Number(target.dataset.index)] : undefined
    if (!row) return
    select(tree.rows.indexOf(row))
    toggle(row)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = tree.rows[selected]
    const handled = moveByKey(event.key, row, {
      step: (delta) => select(selected + delta),
      jump: (index) => select(index === -1 ? tree.rows.length - 1 : index),
      toggle: () => row && toggle(row),
      toParent: () => row && select(parentIndex(tree.rows, selected)),
      search: () => search.current?.focus(),
    })
    if (handled) event.preventDefault()
  }

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center gap-3 pb-2">
        <input
          ref={search}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && setQuery('')}
          placeholder="Search keys and values"
          aria-label="Search keys and values"
          className="h-7 w-full max-w-sm rounded-md border border-line-strong bg-panel px-2 font-mono text-xs"
        />
        <span role="status" className="text-faint text-xs">
          {query.trim() === '' ? '' : tree.matchCount === 1 ? '1 match' : `${tree.matchCount} matches`}
        </span>
      </div>
      <div
        ref={scroller}
        role="tree"
        aria-label="Inspect document"
        tabIndex={0}
        onKeyDown={onKeyDown}
        onClick={onClick}
        aria-activedescendant={tree.rows[selected] ? `inspect-row-${selected}` : undefined}
        className="min-h-64 flex-1 overflow-auto rounded-md border border-line bg-panel py-1 font-mono text-xs"
      >
        {tree.rows.length === 0 ? (
          <p className="px-3 py-2 font-sans text-muted">
            Nothing here contains “{query}”. Try a shorter word.
          </p>
        ) : (
          <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
            {virtualizer.getVirtualItems().map((item) => {
              const row = tree.rows[item.index]
              return row ? (
                <InspectRow
                  key={row.id}
                  index={item.index}
                  row={row}
                  top={item.start}
                  isSelected={item.index === selected}
                />
              ) : null
            })}
          </div>
        )}
      </div>
    </div>
  )
}

interface Moves {
  step: (delta: number) => void
  jump: (index: number) => void
  toggle: () => void
  toParent: () => void
  search: () => void
}

/** The tree pattern's keys; true when the key was one of them. */
function moveByKey(key: string, row: JsonRow | undefined, moves: Moves): boolean {
  const isBranch = row !== undefined && row.kind !== 'leaf'
  const actions: Record<string, () => void> = {
    ArrowDown: () => moves.step(1),
    ArrowUp: () => moves.step(-1),
    PageDown: () => moves.step(20),
    PageUp: () => moves.step(-20),
    Home: () => moves.jump(0),
    End: () => moves.jump(-1),
    ArrowRight: () => (isBranch && !row.isOpen ? moves.toggle() : moves.step(1)),
    ArrowLeft: () => (isBranch && row.isOpen ? moves.toggle() : moves.toParent()),
    Enter: moves.toggle,
    ' ': moves.toggle,
    '/': moves.search,
  }
  const action = actions[key]
  action?.()
  return action !== undefined
}

function parentIndex(rows: JsonRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0
  for (let above = index - 1; above >= 0; above -= 1) {
    if ((rows[above]?.depth ?? 0) < depth) return above
  }
  return 0
}

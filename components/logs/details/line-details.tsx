'use client'

import { X } from 'lucide-react'
import { CopyButton } from '#components/ui/copy-button'
import { IconButton } from '#components/ui/icon-button'
import { type JsonNode, parseJsonLine } from '#lib/logs/json-line'
import { levels } from '#lib/logs/level'
import { lineFlags } from '#lib/logs/line-assembler'
import { toIsoNanos } from '#lib/logs/nano-time'
import { showHidden } from '#lib/logs/visible-text'
import { LinkButton } from '../place/link-button.tsx'
import type { LogSession } from '../session/log-session.ts'

const maxShown = 100_000

/** One line in full: its time to the nanosecond, where it came from, and its text or its JSON as a tree. */
export function LineDetails({
  session,
  id,
  onClose,
}: {
  session: LogSession
  id: number
  onClose: () => void
}) {
  const { store } = session
  const text = store.text(id)
  const json = parseJsonLine(text)
  const source = session.sourceOf(store.source(id))
  const stream = (store.flags(id) & lineFlags.stderr) !== 0 ? 'stderr' : 'stdout'
  return (
    <section
      aria-label="Line details"
      className="flex max-h-[45%] min-h-28 shrink-0 flex-col border-t border-line bg-panel text-xs"
    >
      <div className="flex items-center gap-3 px-4 py-1.5 text-muted sm:px-6">
        <span className="truncate">
          {[source?.name, toIsoNanos(store.time(id)), stream, levels[store.level(id)]]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="ml-auto flex items-center gap-1">
          {source ? (
            <LinkButton line={{ containerId: source.containerId, cursor: store.cursor(id) }} />
          ) : null}
          <CopyButton text={text} label="Copy the line" />
          <IconButton label="Close the details" icon={X} onClick={onClose} />
        </span>
      </div>
      <pre className="min-h-0 overflow-auto px-4 pb-3 font-mono leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap sm:px-6">
        {json ? pretty(json, '') : text.slice(0, maxShown).split('\r').map(showHidden).join('␍')}
      </pre>
    </section>
  )
}

/** JSON over several lines, with the keys' order and the numbers' digits as they were written. */
function pretty(node: JsonNode, indent: string): string {
  const inner = `${indent}  `
  if (node.kind === 'object' && node.entries.length > 0)
    return `{\n${node.entries.map(([key, value]) => `${inner}${showHidden(JSON.stringify(key))}: ${pretty(value, inner)}`).join(',\n')}\n${indent}}`
  if (node.kind === 'array' && node.items.length > 0)
    return `[\n${node.items.map((item) => inner + pretty(item, inner)).join(',\n')}\n${indent}]`
  if (node.kind === 'object') return '{}'
  if (node.kind === 'array') return '[]'
  return node.kind === 'string' ? showHidden(JSON.stringify(node.value)) : node.raw
}

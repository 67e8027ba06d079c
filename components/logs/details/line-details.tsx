'use client'

import { Copy, TextQuote, X } from 'lucide-react'
import { IconButton } from '#components/ui/icon-button'
import { stripAnsi } from '#lib/logs/ansi'
import { parseJsonLine } from '#lib/logs/json-line'
import { levels } from '#lib/logs/level'
import { lineFlags } from '#lib/logs/line-assembler'
import { toIsoNanos } from '#lib/logs/nano-time'
import { fieldsOf } from '#lib/logs/structure/fields'
import { showHidden } from '#lib/logs/visible-text'
import { copyLines } from '../copy.ts'
import { useLogPage } from '../log-page.tsx'
import { LinkButton } from '../place/link-button.tsx'
import type { LogSession } from '../session/log-session.ts'
import { FieldActions, JsonTree } from './json-tree.tsx'

const maxShown = 100_000

/** One line in full, a trace with all of its lines: its time to the nanosecond, where it came from, and its text, its fields or its JSON as a tree. */
export function LineDetails({ id }: { id: number }) {
  const { session, open } = useLogPage()
  const ids = session.store.withTrace(id)
  const source = session.sourceOf(session.store.source(id))
  return (
    <section
      aria-label="Line details"
      className="flex max-h-[45%] min-h-28 shrink-0 flex-col border-t border-line bg-panel text-xs"
    >
      <div className="flex items-center gap-3 px-4 py-1.5 text-muted sm:px-6">
        <span className="truncate tabular-nums">{headOf(session, id)}</span>
        <span className="ml-auto flex items-center gap-1">
          <IconButton label="Copy the text" icon={Copy} onClick={() => copyLines(session, ids, 'text')} />
          <IconButton
            label="Copy it as it was written, with its colours"
            icon={TextQuote}
            onClick={() => copyLines(session, ids, 'raw')}
          />
          {source ? (
            <LinkButton line={{ containerId: source.containerId, cursor: session.store.cursor(id) }} />
          ) : null}
          <IconButton label="Close the details (Esc)" icon={X} onClick={() => open(null)} />
        </span>
      </div>
      <div
        // Scrolls: must be reachable by the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        role="region"
        aria-label="Content of the line"
        className="min-h-0 overflow-auto px-4 pb-3 font-mono leading-5 -outline-offset-2 sm:px-6"
      >
        <Content key={id} text={ids.map((each) => session.store.text(each)).join('\n')} />
      </div>
    </section>
  )
}

function headOf({ store, sourceOf }: LogSession, id: number): string {
  const stream = (store.flags(id) & lineFlags.stderr) !== 0 ? 'stderr' : 'stdout'
  const level = store.level(id)
  return [
    sourceOf(store.source(id))?.name,
    toIsoNanos(store.time(id)),
    stream,
    level > 0 ? levels[level] : 'no level said',
  ]
    .filter(Boolean)
    .join(' · ')
}

function Content({ text }: { text: string }) {
  const json = parseJsonLine(stripAnsi(text))
  if (json) return <JsonTree node={json} />
  return (
    <>
      <pre className="[overflow-wrap:anywhere] whitespace-pre-wrap">{writtenOut(text)}</pre>
      <FieldList text={text.split('\n', 1)[0] ?? ''} />
    </>
  )
}

/** Lines of a trace stay lines; what hides in them is written out. */
function writtenOut(text: string): string {
  return text
    .slice(0, maxShown)
    .split('\n')
    .map((line) => line.split('\r').map(showHidden).join('␍'))
    .join('\n')
}

function FieldList({ text }: { text: string }) {
  const fields = fieldsOf(text)
  if (fields.length === 0) return null
  return (
    <ul className="mt-2 border-t border-line pt-2">
      {fields.map(({ key, value }) => (
        <li key={`${key}=${value}`} className="group flex items-start gap-2">
          <span className="shrink-0 text-muted">{showHidden(key)}</span>
          <span className="min-w-0 [overflow-wrap:anywhere]">{showHidden(value)}</span>
          <FieldActions field={key} value={value} />
        </li>
      ))}
    </ul>
  )
}

import { cx } from '#lib/format/cx'
import { lineFlags } from '#lib/logs/line-assembler'
import type { LogRowProps } from './log-row.tsx'
import { highlight, rowView } from './row-view.ts'
import { TextPieces } from './text-pieces.tsx'
import { TraceToggle } from './trace-toggle.tsx'

/** What the program wrote. */
export function LineText({ session, id, isWrapped, onOpen }: LogRowProps) {
  const { store, find } = session
  const view = rowView(store.text(id))
  const flags = store.flags(id)
  return (
    // Reading stays a text to select; the details also open by Enter on the current line.
    <span
      data-text
      dir="auto"
      onDoubleClick={() => onOpen(id)}
      className={cx(
        'min-w-0 flex-1 text-left',
        isWrapped ? '[overflow-wrap:anywhere] whitespace-pre-wrap' : 'whitespace-pre',
      )}
    >
      <TextPieces pieces={highlight(view.spans, find.rangesOf(view.text))} />
      {(flags & lineFlags.cut) !== 0 ? (
        <Aside>{`cut: ${store.cutBytes(id).toLocaleString('en')} more bytes`}</Aside>
      ) : null}
      {(flags & lineFlags.unfinished) !== 0 ? <Aside>no line end yet</Aside> : null}
      {(flags & lineFlags.continued) !== 0 ? <Aside>goes on from above</Aside> : null}
      <TraceToggle session={session} id={id} />
    </span>
  )
}

function Aside({ children }: { children: string }) {
  return <span className="ml-2 font-sans text-faint select-none">({children})</span>
}

import { cx } from '#lib/format/cx'
import { lineFlags } from '#lib/logs/line-assembler'
import type { LogRowProps } from './log-row.tsx'
import { highlight, rowView } from './row-view.ts'
import { TextPieces } from './text-pieces.tsx'

/** What the program wrote. */
export function LineText({ session, id, isWrapped, onOpen }: LogRowProps) {
  const view = rowView(session.store.text(id))
  const pieces = highlight(view.spans, session.store.isMatch(id) ? session.find.rangesOf(view.text) : [])
  const flags = session.store.flags(id)
  const cut = session.store.cutBytes(id)
  return (
    // Reading stays a text to select; the details also open by Enter on the current line.
    <span
      data-text
      onDoubleClick={() => onOpen(id)}
      className={cx(
        'min-w-0 flex-1',
        isWrapped ? '[overflow-wrap:anywhere] whitespace-pre-wrap' : 'whitespace-pre',
      )}
    >
      <TextPieces pieces={pieces} />
      {(flags & lineFlags.cut) !== 0 ? <Aside>{`cut: ${cut.toLocaleString('en')} more bytes`}</Aside> : null}
      {(flags & lineFlags.unfinished) !== 0 ? <Aside>no line end yet</Aside> : null}
      {(flags & lineFlags.continued) !== 0 ? <Aside>goes on from above</Aside> : null}
    </span>
  )
}

function Aside({ children }: { children: string }) {
  return <span className="ml-2 font-sans text-faint select-none">({children})</span>
}

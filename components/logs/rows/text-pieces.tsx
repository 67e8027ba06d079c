import { cx } from '#lib/format/cx'
import { hitStyle } from './hit-style.ts'
import type { Piece } from './row-view.ts'
import { cssOf } from '#components/ui/text-style'

/** The stretches of a line, with what was looked for marked. */
export function TextPieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece) => {
    if (piece.hit === null)
      return (
        <span
          key={piece.start}
          className={piece.role === 'key' ? 'text-faint' : undefined}
          style={cssOf(piece.style)}
        >
          {piece.text}
        </span>
      )
    return (
      <mark
        key={piece.start}
        data-hit={piece.hit}
        className={cx('rounded-sm text-inherit', hitStyle(piece.hit))}
        style={piece.hit === 0 ? undefined : cssOf(piece.style)}
      >
        {piece.text}
      </mark>
    )
  })
}

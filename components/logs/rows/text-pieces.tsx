import { cx } from '#lib/format/cx'
import type { Piece } from './row-view.ts'
import { cssOf } from './text-style.ts'

/** The stretches of a line, with what was looked for marked. */
export function TextPieces({ pieces }: { pieces: readonly Piece[] }) {
  return pieces.map((piece) => {
    const className = cx(
      piece.role === 'key' && 'text-faint',
      piece.isHit && 'rounded-sm bg-warn-soft text-warn',
    )
    if (piece.isHit)
      return (
        <mark key={piece.start} className={className}>
          {piece.text}
        </mark>
      )
    return (
      <span key={piece.start} className={className || undefined} style={cssOf(piece.style)}>
        {piece.text}
      </span>
    )
  })
}

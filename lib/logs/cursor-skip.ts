import { compareCursors, type LineCursor } from './cursor.ts'
import { LineBatch } from './line-batch.ts'

/**
 * Leaves out the lines up to and with a cursor while lines are read in the Engine's order, which is not quite the order
 * of time: stdout and stderr are stamped by two hands. Exact while the cursor's own line is among those read.
 */
export class CursorSkip {
  readonly #cursor: LineCursor | null
  /** Lines of the other stream with a later time, until it is known on which side of the cursor they are. */
  #held = new LineBatch()
  #sawEarlier = false
  /** `missed`: reading began behind the cursor, so lines between may be missing. */
  state: 'searching' | 'past' | 'missed'

  /** With null every line is new. */
  constructor(cursor: LineCursor | null) {
    this.#cursor = cursor
    this.state = cursor ? 'searching' : 'past'
  }

  /** The new lines of this batch. */
  take(batch: LineBatch): LineBatch {
    if (this.state !== 'searching') return batch
    for (let index = 0; index < batch.count; index += 1) {
      const place = this.#placeOf(batch.cursorOf(index))
      if (place === 'cursor') return this.#pass('past', new LineBatch(), batch, index + 1)
      if (place === 'behind')
        return this.#pass(this.#sawEarlier ? 'past' : 'missed', this.#held, batch, index)
      if (place === 'unclear') this.#held.addLine(batch, index, 0)
    }
    return new LineBatch()
  }

  /** Reading is over: what was held back. The cursor's line was not there, so these lines are new. */
  end(): LineBatch {
    const held = this.#held
    this.#held = new LineBatch()
    return this.state === 'searching' ? held : new LineBatch()
  }

  #placeOf(line: LineCursor): 'before' | 'cursor' | 'behind' | 'unclear' {
    const cursor = this.#cursor
    if (!cursor) return 'behind'
    const order = compareCursors(line, cursor)
    if (line.isStderr === cursor.isStderr) {
      if (order === 0) return 'cursor'
      if (order < 0) this.#sawEarlier = true
      return order < 0 ? 'before' : 'behind'
    }
    // The two streams are never a second apart.
    if (line.seconds < cursor.seconds - 1) this.#sawEarlier = true
    return order > 0 ? 'unclear' : 'before'
  }

  #pass(state: 'past' | 'missed', before: LineBatch, batch: LineBatch, from: number): LineBatch {
    this.state = state
    this.#held = new LineBatch()
    if (from === 0 && before.count === 0) return batch
    before.addRange(batch, from, batch.count, 0)
    return before
  }
}

import 'server-only'
import type { LineCursor } from '#lib/logs/cursor'
import { type LogMessage, type PackedLines, unpacked } from '#lib/logs/wire'

/** One message of a stream, and the place behind it. */
export class StreamItem {
  /** The last line given of each container, by id; goes on changing. */
  readonly cursors: ReadonlyMap<string, LineCursor>
  readonly content: LogMessage | PackedLines

  constructor(content: LogMessage | PackedLines, cursors: ReadonlyMap<string, LineCursor>) {
    this.content = content
    this.cursors = cursors
  }

  /** Decodes the text of lines each time it is asked for. */
  get message(): LogMessage {
    return 'head' in this.content ? unpacked(this.content) : this.content
  }
}

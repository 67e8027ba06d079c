import { FrameDecoder } from './frame-decoder.ts'
import { LineAssembler, type LineSink } from './line-assembler.ts'

/** Bytes of `GET /containers/{id}/logs?timestamps=1` to lines. Feed it chunks of any size, then `end()`. */
export class LogDecoder {
  readonly #frames = new FrameDecoder()
  readonly #assembler: LineAssembler
  readonly #hasTty: boolean
  /** What the Engine itself said in the middle of the stream (frames of type 3), or empty. */
  engineError = ''
  #frameCount = 0

  constructor(sink: LineSink, options: { hasTty: boolean }) {
    this.#assembler = new LineAssembler(sink)
    this.#hasTty = options.hasTty
  }

  push(chunk: Uint8Array): void {
    if (this.#hasTty) this.#assembler.raw(chunk)
    else this.#frames.push(chunk, this.#onFrame)
  }

  /** The stream is over: a last line without its end is a line too. */
  end(): void {
    this.#assembler.flush()
  }

  /** Hands out lines whose end has not come for a while (a program that never writes a newline). */
  flushUnfinished(): void {
    this.#assembler.flushUnfinished()
  }

  /** Messages of the Engine taken so far; what its `tail` counts. A long line is several. */
  get messageCount(): number {
    return this.#hasTty ? this.#assembler.rawMessageCount : this.#frameCount
  }

  get hasUnfinished(): boolean {
    return this.#assembler.hasUnfinished
  }

  #onFrame = (stream: 1 | 2 | 3, bytes: Uint8Array, start: number, end: number): void => {
    this.#frameCount += 1
    if (stream === 3) this.engineError = new TextDecoder().decode(bytes.subarray(start, end)).trim()
    else this.#assembler.frame(stream, bytes, start, end)
  }
}

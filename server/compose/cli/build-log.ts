import 'server-only'
import { lastState } from '#server/jobs/child'
import type { JobSink } from '#server/jobs/sink'

type Stream = 'stdout' | 'stderr'

/** Joins the pieces in which BuildKit sends the output of a build's steps into lines. */
export class BuildLog {
  readonly #sink: JobSink
  /** What has no line end yet, by step and stream. */
  readonly #rest = new Map<string, { stepId: string; stream: Stream; decoder: TextDecoder; text: string }>()

  constructor(sink: JobSink) {
    this.#sink = sink
  }

  add(stepId: string, stream: Stream, base64: string): void {
    const key = `${stream} ${stepId}`
    const rest = this.#rest.get(key) ?? { stepId, stream, decoder: new TextDecoder(), text: '' }
    this.#rest.set(key, rest)
    const lines = (rest.text + rest.decoder.decode(Buffer.from(base64, 'base64'), { stream: true })).split(
      '\n',
    )
    rest.text = lines.pop() ?? ''
    for (const line of lines) this.#sink.line(lastState(line), stream, stepId)
  }

  /** The step has ended: what is left is its last line. */
  end(stepId: string): void {
    for (const [key, rest] of this.#rest) {
      if (rest.stepId !== stepId) continue
      this.#rest.delete(key)
      if (rest.text !== '') this.#sink.line(lastState(rest.text), rest.stream, stepId)
    }
  }

  endAll(): void {
    for (const { stepId } of this.#rest.values()) this.end(stepId)
  }
}

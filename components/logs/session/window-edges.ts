import { addNanos, type NanoTime } from '#lib/logs/nano-time'
import type { LogLines, LogSource } from '#lib/logs/wire'
import type { LogTarget } from './log-session.ts'
import { readWindow, type WindowRequest } from './window-lines.ts'

const aroundLines = 500
const pageLines = 2_000

/** The stretch of a log that is held around a place in the past; grows at both ends. */
export class WindowEdges {
  readonly #target: LogTarget
  readonly #leaving = new AbortController()
  #first: NanoTime
  #last: NanoTime
  hasOlder = false
  hasNewer = false

  constructor(target: LogTarget, at: NanoTime) {
    this.#target = target
    this.#first = at
    this.#last = at
  }

  get isClosed(): boolean {
    return this.#leaving.signal.aborted
  }

  close(): void {
    this.#leaving.abort()
  }

  async read(where: 'around' | 'older' | 'newer'): Promise<{ sources: LogSource[]; lines: LogLines[] }> {
    const messages = await readWindow(this.#target, this.#request(where), this.#leaving.signal)
    const lines = messages.filter((message) => message.type === 'lines')
    const [first, last] = [lines[0], lines.at(-1)]
    if (first && where !== 'newer') this.#first = { seconds: first.seconds, nanos: first.nanos }
    if (last && where !== 'older') this.#last = endOf(last)
    const end = messages.find((message) => message.type === 'end')
    if (!end) throw new Error('The connection broke off while lines were read. Try again.')
    if (where !== 'newer') this.hasOlder = end.hasOlder
    if (where !== 'older') this.hasNewer = end.hasNewer
    return {
      sources: messages.flatMap((message) => (message.type === 'sources' ? message.sources : [])),
      lines,
    }
  }

  #request(where: 'around' | 'older' | 'newer'): WindowRequest {
    if (where === 'around') return { at: this.#first, before: aroundLines, after: aroundLines }
    if (where === 'older') return { at: this.#first, before: pageLines, after: 0 }
    return { at: addNanos(this.#last, 1), before: 0, after: pageLines }
  }
}

function endOf(message: LogLines): NanoTime {
  return message.deltas.reduce<NanoTime>(addNanos, { seconds: message.seconds, nanos: message.nanos })
}

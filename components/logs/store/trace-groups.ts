import type { NanoTime } from '#lib/logs/nano-time'
import { TraceGrouper } from '#lib/logs/structure/trace-grouper'

export interface TraceGroup {
  /** Lines behind the head. */
  count: number
  firstId: number
  lastId: number
}

interface StreamState {
  grouper: TraceGrouper
  headId: number
}

/** Which lines belong to the trace of another one, and which of these traces are open. */
export class TraceGroups {
  #heads = new Int32Array(8192).fill(-1)
  readonly #groups = new Map<number, TraceGroup>()
  readonly #open = new Set<number>()
  readonly #streams = new Map<number, StreamState>()

  /** Takes a line in; the id of its head where it is part of a trace, else -1. `level` is what the line itself says. */
  add(
    id: number,
    source: number,
    isStderr: boolean,
    line: { text: string; level: number; time: NanoTime },
  ): number {
    const state = this.#streamOf(source * 2 + (isStderr ? 1 : 0))
    if (!state.grouper.next(line.text, line.level, line.time)) {
      state.headId = id
      return -1
    }
    const { headId } = state
    if (id >= this.#heads.length) {
      const grown = new Int32Array(Math.max(this.#heads.length * 2, id + 1)).fill(-1)
      grown.set(this.#heads)
      this.#heads = grown
    }
    this.#heads[id] = headId
    const group = this.#groups.get(headId)
    if (group) {
      group.count += 1
      group.lastId = id
    } else this.#groups.set(headId, { count: 1, firstId: id, lastId: id })
    return headId
  }

  /** Lines that come next begin anew: they are from another time. */
  forgetStreams(): void {
    this.#streams.clear()
  }

  /** -1 where the line is no part of a trace. */
  headOf(id: number): number {
    return this.#heads[id] ?? -1
  }

  groupOf(headId: number): TraceGroup | null {
    return this.#groups.get(headId) ?? null
  }

  isOpen(headId: number): boolean {
    return this.#open.has(headId)
  }

  setOpen(headId: number, isOpen: boolean): void {
    if (isOpen) this.#open.add(headId)
    else this.#open.delete(headId)
  }

  release(id: number): void {
    if (id < this.#heads.length) this.#heads[id] = -1
    this.#groups.delete(id)
    this.#open.delete(id)
    for (const [stream, { headId }] of this.#streams) if (headId === id) this.#streams.delete(stream)
  }

  #streamOf(stream: number): StreamState {
    let state = this.#streams.get(stream)
    if (!state) {
      state = { grouper: new TraceGrouper(), headId: -1 }
      this.#streams.set(stream, state)
    }
    return state
  }
}

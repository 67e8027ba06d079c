import type { LineStore } from './line-store.ts'

export interface Query {
  text: string
  isRegex: boolean
  isCaseSensitive: boolean
}

interface TaskBase {
  taskId: number
  source: string
  flags: string
}
export type SearchTask = TaskBase &
  (
    | { kind: 'test'; ids: number[]; bytes: Uint8Array<ArrayBuffer>; from: Uint32Array; to: Uint32Array }
    | { kind: 'ranges'; text: string }
  )
export interface SearchAnswer {
  taskId: number
  ids: number[]
  ranges: [number, number][]
}

/** One page of lines may take this long; a pattern that needs more would need minutes for the log. */
const deadlineMs = 2_000

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The search of one viewer: all it holds, then what comes, in a worker that is killed when a pattern takes too long. */
export class SearchClient {
  readonly #store: LineStore
  readonly #onChange: () => void
  #worker: Worker | null = null
  #query: Query | null = null
  #pattern: { source: string; flags: string } | null = null
  #queue: (() => SearchTask)[] = []
  #running: { task: SearchTask; timer: ReturnType<typeof setTimeout> } | null = null
  #nextTask = 1
  #fresh: number[] = []
  readonly #ranges = new Map<string, [number, number][]>()
  error = ''

  constructor(store: LineStore, onChange: () => void) {
    this.#store = store
    this.#onChange = onChange
  }

  get isActive(): boolean {
    return this.#pattern !== null
  }

  get isSearching(): boolean {
    return this.#running?.task.kind === 'test' || this.#queue.length > 0
  }

  /** Begins anew with this query; an empty one ends the search. */
  set(query: Query): void {
    this.#query = query
    this.#stop()
    this.#store.clearMatches()
    this.#ranges.clear()
    this.error = ''
    this.#pattern = this.#compile(query)
    if (this.#pattern)
      for (const texts of this.#store.texts()) this.#queue.push(() => this.#task({ kind: 'test', ...texts }))
    this.#next()
    this.#onChange()
  }

  /** Lines that came since. */
  add(ids: readonly number[]): void {
    if (!this.#pattern) return
    for (const id of ids) this.#fresh.push(id)
    this.#next()
  }

  /** Where the query stands in a text; empty until the worker has said so. */
  rangesOf(text: string): readonly [number, number][] {
    if (!this.#pattern || !this.#query) return []
    const known = this.#ranges.get(text)
    if (known) return known
    if (!this.#query.isRegex) return plainRanges(text, this.#query)
    if (this.#ranges.size > 2_000) this.#ranges.clear()
    this.#ranges.set(text, [])
    this.#queue.unshift(() => this.#task({ kind: 'ranges', text }))
    this.#next()
    return []
  }

  close(): void {
    this.#stop()
    this.#pattern = null
  }

  #compile(query: Query): { source: string; flags: string } | null {
    if (query.text === '') return null
    const pattern = {
      source: query.isRegex ? query.text : escape(query.text),
      flags: query.isCaseSensitive ? 'u' : 'iu',
    }
    try {
      void new RegExp(pattern.source, pattern.flags)
      return pattern
    } catch (error) {
      const reason = error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : ''
      this.error = `Not a regular expression: ${reason}`
      return null
    }
  }

  #task(
    rest:
      | { kind: 'test'; ids: number[]; bytes: Uint8Array<ArrayBuffer>; from: Uint32Array; to: Uint32Array }
      | { kind: 'ranges'; text: string },
  ): SearchTask {
    const { source, flags } = this.#pattern ?? { source: '', flags: '' }
    return { taskId: this.#nextTask++, source, flags, ...rest }
  }

  #next(): void {
    if (this.#running || !this.#pattern) return
    let make = this.#queue.shift()
    if (!make && this.#fresh.length > 0) {
      const ids = this.#fresh.splice(0, 5_000)
      make = () => this.#task({ kind: 'test', ...this.#store.textsOf(ids) })
    }
    if (!make) return
    this.#worker ??= this.#start()
    const task = make()
    this.#running = { task, timer: setTimeout(() => this.#giveUp(), deadlineMs) }
    this.#worker.postMessage(task, task.kind === 'test' ? [task.bytes.buffer] : [])
  }

  #start(): Worker {
    const worker = new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<SearchAnswer>) => this.#receive(data)
    return worker
  }

  #receive(answer: SearchAnswer): void {
    const running = this.#running
    if (!running || running.task.taskId !== answer.taskId) return
    clearTimeout(running.timer)
    this.#running = null
    if (running.task.kind === 'test') this.#store.setMatches(answer.ids)
    else if (answer.ranges.length > 0) this.#ranges.set(running.task.text, answer.ranges)
    this.#next()
    this.#onChange()
  }

  #giveUp(): void {
    this.#stop()
    this.#pattern = null
    this.error =
      'This pattern takes too long: nested repetitions such as (a+)+ try every way. Make it simpler.'
    this.#onChange()
  }

  #stop(): void {
    if (this.#running) {
      clearTimeout(this.#running.timer)
      this.#worker?.terminate()
      this.#worker = null
      this.#running = null
    }
    this.#queue = []
    this.#fresh = []
  }
}

function plainRanges(text: string, query: Query): [number, number][] {
  const ranges: [number, number][] = []
  const pattern = new RegExp(escape(query.text), query.isCaseSensitive ? 'gu' : 'giu')
  for (const match of text.matchAll(pattern)) {
    ranges.push([match.index, match.index + match[0].length])
    if (ranges.length >= 200) break
  }
  return ranges
}

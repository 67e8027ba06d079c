import type { LineStore } from '../store/line-store.ts'
import type { LineTexts } from '../store/text-pages.ts'
import { compileQuery, type Pattern, type Query, rangesIn } from './pattern.ts'

type Work = ({ kind: 'test' } & LineTexts) | { kind: 'ranges'; text: string }

export type FindTask = { taskId: number } & Pattern & Work

export interface FindAnswer {
  taskId: number
  ids: number[]
  ranges: [number, number][]
}

/** One page of lines may take this long; a pattern that needs more would need minutes for the log. */
const deadlineMs = 2_000
const maxKnownRanges = 2_000

/** What one viewer looks for in the lines it holds, then in what comes: in a worker that is killed when a pattern takes too long. */
export class FindClient {
  readonly #store: LineStore
  readonly #onChange: () => void
  #worker: Worker | null = null
  #query: Query | null = null
  #pattern: Pattern | null = null
  #pages: Iterator<LineTexts> | null = null
  #rangeTexts: string[] = []
  #running: { task: FindTask; timer: ReturnType<typeof setTimeout> } | null = null
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
    return this.#running?.task.kind === 'test' || this.#pages !== null
  }

  /** Begins anew with this query; an empty one ends the search. */
  set(query: Query): void {
    this.#stop()
    this.#store.clearMatches()
    this.#ranges.clear()
    this.#query = query
    const { pattern, error } = compileQuery(query)
    this.#pattern = pattern
    this.error = error
    this.#pages = pattern ? this.#store.texts() : null
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
    if (!this.#query.isRegex) return rangesIn(text, this.#pattern)
    if (this.#ranges.size > maxKnownRanges) this.#ranges.clear()
    this.#ranges.set(text, [])
    this.#rangeTexts.push(text)
    this.#next()
    return []
  }

  close(): void {
    this.#stop()
    this.#pattern = null
  }

  #next(): void {
    if (this.#running || !this.#pattern) return
    const work = this.#nextWork()
    if (!work) return
    this.#worker ??= this.#start()
    const task: FindTask = { taskId: this.#nextTask++, ...this.#pattern, ...work }
    this.#running = { task, timer: setTimeout(() => this.#giveUp(), deadlineMs) }
    this.#worker.postMessage(task, task.kind === 'test' ? [task.bytes.buffer] : [])
  }

  /** What is on screen first, then what is held, then what came. */
  #nextWork(): Work | null {
    const text = this.#rangeTexts.pop()
    if (text !== undefined) return { kind: 'ranges', text }
    const page = this.#pages?.next()
    if (page && !page.done) return { kind: 'test', ...page.value }
    this.#pages = null
    if (this.#fresh.length === 0) return null
    return { kind: 'test', ...this.#store.textsOf(this.#fresh.splice(0, 5_000)) }
  }

  #start(): Worker {
    const worker = new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<FindAnswer>) => this.#receive(data)
    return worker
  }

  #receive(answer: FindAnswer): void {
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
    this.#pages = null
    this.#rangeTexts = []
    this.#fresh = []
  }
}

import type { LineStore } from '../store/line-store.ts'
import type { LineTexts } from '../store/text-pages.ts'
import { type CompiledLookup, compileLookup, type Lookup } from './lookup.ts'
import { type FoundRange, rangesOfAll } from './pattern.ts'

type Work = ({ kind: 'mark' } & LineTexts) | { kind: 'ranges'; text: string }

export type FindTask = { kind: 'lookup'; lookup: CompiledLookup } | ({ taskId: number } & Work)

export interface FindAnswer {
  taskId: number
  /** A mark a line, see `line-marks.ts`. */
  found: Uint8Array<ArrayBuffer>
  ranges: FoundRange[]
}

interface Running {
  taskId: number
  work: Work
  ids: number[]
  timer: ReturnType<typeof setTimeout>
}

/** One page of lines may take this long; a pattern that needs more would need minutes for the log. */
const deadlineMs = 2_000
const maxKnownRanges = 2_000
const maxFreshLines = 5_000
const nothing: CompiledLookup = { patterns: [], fields: [] }

/** What one viewer looks for in the lines it holds, then in what comes: in a worker that is killed when a pattern takes too long. */
export class FindClient {
  readonly #store: LineStore
  readonly #onChange: () => void
  #worker: Worker | null = null
  #lookup = nothing
  #pages: Iterator<LineTexts> | null = null
  #rangeTexts: string[] = []
  #running: Running | null = null
  #nextTask = 1
  #fresh: (readonly number[])[] = []
  readonly #ranges = new Map<string, FoundRange[]>()
  error = ''

  constructor(store: LineStore, onChange: () => void) {
    this.#store = store
    this.#onChange = onChange
  }

  /** Something is searched, not only highlighted. */
  get isActive(): boolean {
    return this.#lookup.patterns.some((pattern) => pattern.index === 0)
  }

  /** Lines held are still being looked through. */
  get isSearching(): boolean {
    return this.#pages !== null
  }

  /** Begins anew with this; an empty lookup ends it. */
  set(wanted: Lookup): void {
    this.#stop()
    this.#store.clearMarks()
    this.#ranges.clear()
    const { lookup, error } = compileLookup(wanted)
    this.error = error
    this.#lookup = lookup
    this.#pages = this.#isEmpty ? null : this.#store.texts()
    this.#worker?.postMessage({ kind: 'lookup', lookup } satisfies FindTask)
    this.#next()
    this.#onChange()
  }

  /** Lines that came since. */
  add(ids: readonly number[]): void {
    if (this.#isEmpty) return
    // Page by page is cheaper than line by line.
    if (ids.length > maxFreshLines) this.#pages = this.#store.texts()
    else this.#fresh.push(ids)
    this.#next()
  }

  /** Where the patterns stand in a text; empty until the worker has said so. */
  rangesOf(text: string): readonly FoundRange[] {
    const { patterns } = this.#lookup
    if (patterns.length === 0) return []
    const known = this.#ranges.get(text)
    if (known) return known
    if (!patterns.some((pattern) => pattern.isRegex)) return rangesOfAll(text, patterns)
    if (this.#ranges.size > maxKnownRanges) this.#ranges.clear()
    this.#ranges.set(text, [])
    this.#rangeTexts.push(text)
    this.#next()
    return []
  }

  close(): void {
    this.#stop()
    this.#worker?.terminate()
    this.#worker = null
    this.#lookup = nothing
  }

  get #isEmpty(): boolean {
    return this.#lookup.patterns.length === 0 && this.#lookup.fields.length === 0
  }

  #next(): void {
    if (this.#running || this.#isEmpty) return
    const work = this.#nextWork()
    if (!work) return
    this.#worker ??= this.#start()
    const taskId = this.#nextTask++
    const timer = setTimeout(() => this.#giveUp(), deadlineMs)
    this.#running = { taskId, work, ids: work.kind === 'mark' ? work.ids : [], timer }
    const task: FindTask = { taskId, ...work }
    this.#worker.postMessage(task, work.kind === 'mark' ? [work.bytes.buffer] : [])
  }

  /** What is on screen first, then what is held, then what came. */
  #nextWork(): Work | null {
    const text = this.#rangeTexts.pop()
    if (text !== undefined) return { kind: 'ranges', text }
    const page = this.#pages?.next()
    if (page && !page.done) return { kind: 'mark', ...page.value }
    this.#pages = null
    const fresh: number[] = []
    while (this.#fresh.length > 0 && fresh.length < maxFreshLines) fresh.push(...(this.#fresh.shift() ?? []))
    return fresh.length === 0 ? null : { kind: 'mark', ...this.#store.textsOf(fresh) }
  }

  #start(): Worker {
    const worker = new Worker(new URL('./find-worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<FindAnswer>) => this.#receive(data)
    worker.postMessage({ kind: 'lookup', lookup: this.#lookup } satisfies FindTask)
    return worker
  }

  #receive(answer: FindAnswer): void {
    const running = this.#running
    if (!running || running.taskId !== answer.taskId) return
    clearTimeout(running.timer)
    this.#running = null
    if (running.work.kind === 'mark') this.#store.setMarks(running.ids, answer.found)
    else if (answer.ranges.length > 0) this.#ranges.set(running.work.text, answer.ranges)
    this.#next()
    this.#onChange()
  }

  #giveUp(): void {
    this.#stop()
    this.#lookup = nothing
    this.error =
      'This pattern takes too long: nested repetitions such as (a+)+ try every way. Make it simpler.'
    this.#onChange()
  }

  /** Whatever runs may take forever: its worker ends with it. */
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

/** Work of one frame on what came; the rest waits for the next. */
const frameBudgetMs = 8

interface FrameWork<Message> {
  take: (message: Message) => void
  /** Goes on with long work for this long; true when there is more. */
  spare: (budgetMs: number) => boolean
  onFrame: () => void
}

/** Takes messages in as frames have room for them, and calls `onFrame` at most once a frame. */
export class FrameQueue<Message> {
  readonly #do: FrameWork<Message>
  #waiting: Message[] = []
  #isScheduled = false

  constructor(work: FrameWork<Message>) {
    this.#do = work
  }

  push(message: Message): void {
    this.#waiting.push(message)
    this.schedule()
  }

  /** `onFrame` will be called with the next frame. */
  schedule(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    // A hidden page has no frames.
    if (document.visibilityState === 'visible') requestAnimationFrame(() => this.#run())
    else setTimeout(() => this.#run(), 250)
  }

  /** Takes everything that waits, now. */
  flush(): void {
    this.#work(Infinity)
  }

  #run(): void {
    this.#isScheduled = false
    this.#work(frameBudgetMs)
    const hasMore = this.#do.spare(frameBudgetMs / 2)
    if (hasMore || this.#waiting.length > 0) this.schedule()
    this.#do.onFrame()
  }

  #work(budgetMs: number): void {
    const until = performance.now() + budgetMs
    let taken = 0
    for (const message of this.#waiting) {
      this.#do.take(message)
      taken += 1
      if (performance.now() > until) break
    }
    this.#waiting.splice(0, taken)
  }
}

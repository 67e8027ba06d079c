import 'server-only'

/** Wakes everyone who waits. Whoever waits checks the condition again: a ring may mean nothing. */
export class Bell {
  #wake: (() => void) | null = null
  #rung = new Promise<void>((resolve) => {
    this.#wake = resolve
  })

  ring(): void {
    const wake = this.#wake
    this.#rung = new Promise((resolve) => {
      this.#wake = resolve
    })
    wake?.()
  }

  /** Until the next ring, `timeoutMs` or the end of the signal, whichever is first. */
  async wait(signal: AbortSignal, timeoutMs?: number): Promise<void> {
    if (signal.aborted) return
    let timer: NodeJS.Timeout | null = null
    let stop: (() => void) | null = null
    const other = new Promise<void>((resolve) => {
      stop = resolve
      signal.addEventListener('abort', resolve as () => void, { once: true })
      if (timeoutMs !== undefined) timer = setTimeout(resolve, timeoutMs)
    })
    await Promise.race([this.#rung, other])
    if (timer) clearTimeout(timer)
    if (stop) signal.removeEventListener('abort', stop)
  }
}

import type { StatsMessage, StatsParams } from '#lib/api/live'
import type { StatsSample } from '#lib/docker/containers/stats'
import type { LiveClient } from './live-client.ts'

export type StatsById = ReadonlyMap<string, readonly StatsSample[]>

const keptSamples = 60
const noSamples: StatsById = new Map()

/** One subscription for all charts of this tab: what anybody wants to see, and not more. */
export class StatsStore {
  readonly #client: LiveClient
  readonly #wanted = new Map<string, number>()
  readonly #listeners = new Set<() => void>()
  #samples: StatsById = noSamples
  #unsubscribe: (() => void) | null = null
  #subscribed = ''
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(client: LiveClient) {
    this.#client = client
  }

  readonly samples = (): StatsById => this.#samples
  readonly none = (): StatsById => noSamples

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Wants these containers until the returned function is called. */
  want(ids: readonly string[]): () => void {
    for (const id of ids) this.#wanted.set(id, (this.#wanted.get(id) ?? 0) + 1)
    this.#schedule()
    return () => {
      for (const id of ids) {
        const left = (this.#wanted.get(id) ?? 0) - 1
        if (left > 0) this.#wanted.set(id, left)
        else this.#wanted.delete(id)
      }
      this.#schedule()
    }
  }

  /** Scrolling changes the wish many times a second: asks for the last one. */
  #schedule(): void {
    if (this.#timer !== null) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#follow()
    }, 150)
  }

  #follow(): void {
    const containerIds = [...this.#wanted.keys()].sort().slice(0, 200)
    const wish = containerIds.join()
    if (wish === this.#subscribed) return
    this.#subscribed = wish
    this.#unsubscribe?.()
    this.#unsubscribe =
      containerIds.length === 0
        ? null
        : this.#client.subscribe('stats', () => ({ containerIds }) satisfies StatsParams, {
            // The topic's own shape: lib/api/live.ts.
            onMessage: (data) => this.#receive(data as StatsMessage),
          })
  }

  #receive(message: StatsMessage): void {
    const next = new Map<string, readonly StatsSample[]>()
    for (const id of this.#wanted.keys()) {
      const old = this.#samples.get(id) ?? []
      const last = old.at(-1)?.atMs ?? 0
      const fresh = (message.samples[id] ?? []).filter(({ atMs }) => atMs > last)
      if (old.length + fresh.length > 0)
        next.set(id, fresh.length === 0 ? old : [...old, ...fresh].slice(-keptSamples))
    }
    this.#samples = next
    for (const listener of this.#listeners) listener()
  }
}

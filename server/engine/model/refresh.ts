import 'server-only'
import { errorCode } from '#lib/api/errors'
import { log } from '#server/log'
import { readContainer } from '../containers/containers.ts'
import { listImages } from '../images/images.ts'
import { readNetwork } from '../networks/networks.ts'
import type { EngineModel, ModelChange } from './state.ts'
import { readVolume } from '../volumes/volumes.ts'

const maxAtOnce = 16
const imagesQuietMs = 100

type Kind = 'containers' | 'networks' | 'volumes'

/**
 * Re-reads single objects into the model: at most 16 at once, each object at most once at a time and once more when it was
 * asked for meanwhile, urgent ones (an event) before the background (a new list).
 */
export class Refresher {
  readonly #model: EngineModel
  readonly #urgent = new Map<string, { kind: Kind; key: string }>()
  readonly #background = new Map<string, { kind: Kind; key: string }>()
  readonly #running = new Set<string>()
  #imagesTimer: NodeJS.Timeout | null = null
  #isStopped = false

  constructor(model: EngineModel) {
    this.#model = model
  }

  /** Asks for one object to be read again. */
  refresh(kind: Kind, key: string, options: { isUrgent: boolean }): void {
    const name = `${kind} ${key}`
    if (options.isUrgent) {
      this.#background.delete(name)
      this.#urgent.set(name, { kind, key })
    } else if (!this.#urgent.has(name)) this.#background.set(name, { kind, key })
    this.#pump()
  }

  /** Takes a removed object out of the model for good: an answer under way may still tell of it, so it is asked for once more. */
  remove(kind: Kind, key: string): void {
    const name = `${kind} ${key}`
    this.#urgent.delete(name)
    this.#background.delete(name)
    this.#apply({ [kind]: { remove: [key] } })
    if (this.#running.has(name)) this.refresh(kind, key, { isUrgent: true })
  }

  /** Asks for the list of images, a moment after the last request: a build tells about many at once. */
  refreshImages(): void {
    if (this.#imagesTimer || this.#isStopped) return
    this.#imagesTimer = setTimeout(() => {
      this.#imagesTimer = null
      void this.#readImages()
    }, imagesQuietMs)
  }

  /** Forgets what was asked for; answers under way are dropped. */
  stop(): void {
    this.#isStopped = true
    this.#urgent.clear()
    this.#background.clear()
    if (this.#imagesTimer) clearTimeout(this.#imagesTimer)
  }

  #pump(): void {
    for (const queue of [this.#urgent, this.#background]) {
      for (const [name, { kind, key }] of queue) {
        if (this.#running.size >= maxAtOnce) return
        if (this.#running.has(name)) continue
        queue.delete(name)
        this.#running.add(name)
        void this.#read(kind, key).then(() => {
          this.#running.delete(name)
          this.#pump()
        })
      }
    }
  }

  async #read(kind: Kind, key: string): Promise<void> {
    try {
      this.#apply(await readChange(kind, key))
    } catch (error) {
      if (errorCode(error)?.endsWith('_not_found')) this.#apply({ [kind]: { remove: [key] } })
      // Whatever else went wrong: the watchdog or the next reconcile sees to it.
      else log.debug('could not read an object again', { kind, key, error: String(error) })
    }
  }

  async #readImages(): Promise<void> {
    try {
      const images = await listImages()
      this.#apply({ images: this.#model.replacement('images', images) })
    } catch (error) {
      log.debug('could not list images again', { error: String(error) })
    }
  }

  #apply(change: ModelChange): void {
    if (!this.#isStopped) this.#model.apply(change)
  }
}

async function readChange(kind: Kind, key: string): Promise<ModelChange> {
  switch (kind) {
    case 'containers':
      return { containers: { set: [await readContainer(key)] } }
    case 'networks':
      return { networks: { set: [await readNetwork(key)] } }
    case 'volumes':
      return { volumes: { set: [await readVolume(key)] } }
    default:
      return kind satisfies never
  }
}

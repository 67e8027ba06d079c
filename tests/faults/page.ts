import type { Container } from '#lib/docker/containers/container'
import type { EnginePatch, EngineSnapshot, EngineStatus } from '#lib/docker/engine'
import { eachLine, type LogGap, type LogMessage, type LogsParams } from '#lib/logs/wire'
import { LiveClient } from '../fixtures/live-client.ts'
import type { Dashboard } from './dashboard.ts'

/** What one log showed, as the page would. */
export interface LogView {
  texts: string[]
  gaps: LogGap[]
  /** `following`, `away` ... in the order they came. */
  states: string[]
  markers: string[]
  isCaughtUp: boolean
}

/** One browser: the live model and any number of logs over one stream; `until` waits for what it shows. */
export class Page {
  engine: EngineStatus = { state: 'connecting' }
  readonly containers = new Map<string, Container>()
  readonly volumes = new Set<string>()
  readonly client: LiveClient
  readonly #logs = new Map<string, LogView>()
  readonly #waiting = new Set<() => void>()

  private constructor(dashboard: Dashboard) {
    this.client = new LiveClient(dashboard, ({ key, data }) => this.#take(key, data))
  }

  /** Opens the stream and waits for the first state of the model. */
  static async open(dashboard: Dashboard): Promise<Page> {
    const page = new Page(dashboard)
    await page.client.open()
    await page.client.subscribe([{ key: 'state', topic: 'state', params: null }])
    await page.until(() => page.engine.state !== 'connecting', 'the first state')
    return page
  }

  async follow(params: LogsParams): Promise<LogView> {
    const view: LogView = { texts: [], gaps: [], states: [], markers: [], isCaughtUp: false }
    const key = `logs-${this.#logs.size}`
    this.#logs.set(key, view)
    await this.client.subscribe([{ key, topic: 'logs', params }])
    return view
  }

  /** Milliseconds until it is so. */
  until(isSo: () => boolean, what: string, timeoutMs = 40_000): Promise<number> {
    const askedAtMs = performance.now()
    return new Promise((resolve, reject) => {
      const end = (): void => {
        clearTimeout(timer)
        this.#waiting.delete(look)
      }
      const look = (): void => {
        if (!isSo()) return
        end()
        resolve(Math.round(performance.now() - askedAtMs))
      }
      const timer = setTimeout(() => {
        end()
        reject(new Error(`never came: ${what}; the Engine is ${JSON.stringify(this.engine)}`))
      }, timeoutMs)
      this.#waiting.add(look)
      look()
    })
  }

  untilAway(problem: string): Promise<number> {
    const isSo = (): boolean => this.engine.state === 'away' && this.engine.problem === problem
    return this.until(isSo, problem)
  }

  untilConnected(): Promise<number> {
    return this.until(() => this.engine.state === 'connected', 'the Engine is connected')
  }

  close(): void {
    this.client.close()
  }

  #take(key: string, data: unknown): void {
    if (key === 'state') this.#takeState(data as EngineSnapshot | EnginePatch)
    else takeLog(this.#logs.get(key), data as LogMessage)
    for (const look of this.#waiting) look()
  }

  #takeState(state: EngineSnapshot | EnginePatch): void {
    if (state.engine) this.engine = state.engine
    if ('since' in state) {
      for (const container of state.containers?.changed ?? []) this.containers.set(container.id, container)
      for (const id of state.containers?.removed ?? []) this.containers.delete(id)
      for (const { name } of state.volumes?.changed ?? []) this.volumes.add(name)
      for (const name of state.volumes?.removed ?? []) this.volumes.delete(name)
      return
    }
    this.containers.clear()
    this.volumes.clear()
    for (const container of state.containers) this.containers.set(container.id, container)
    for (const { name } of state.volumes) this.volumes.add(name)
  }
}

function takeLog(view: LogView | undefined, message: LogMessage): void {
  if (!view) return
  if (message.type === 'lines') eachLine(message, ({ text }) => view.texts.push(text))
  else if (message.type === 'gap') view.gaps.push(message)
  else if (message.type === 'state') view.states.push(message.state)
  else if (message.type === 'marker') view.markers.push(message.kind)
  else if (message.type === 'caught-up') view.isCaughtUp = true
}

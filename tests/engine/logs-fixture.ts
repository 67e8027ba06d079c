import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { LineCursor } from '#lib/logs/cursor'
import { eachLine, type LogMessage } from '#lib/logs/wire'
import { firstSnapshot, modelContainer, snapshot, stopLiveModel } from '#server/engine/model/live-model'
import { Feeds } from '#server/logs/follow/feeds'
import { liveLogEngine } from '#server/logs/live-log-engine'
import { streamLogs } from '#server/logs/stream/log-stream'
import type { StreamItem } from '#server/logs/stream/stream-item'

const exec = promisify(execFile)
/** So that runs side by side do not meet. */
const prefix = `logs-test-${randomBytes(3).toString('hex')}`

export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await exec('docker', args, { maxBuffer: 256 * 1024 * 1024 })
  return stdout.trim()
}

/** Starts a container and waits until the live model knows that it was started. Removed by `removeAll`. */
export async function run(name: string, script: string, ...options: string[]): Promise<string> {
  await firstSnapshot()
  const args = ['run', '-d', '--name', `${prefix}-${name}`, '--network', 'none', ...options]
  const id = await docker(...args, 'busybox:musl', 'sh', '-c', script)
  await until(() => (modelContainer(id)?.isInspected ?? false) && modelContainer(id)?.startedAtMs !== null)
  return id
}

export async function removeAll(): Promise<void> {
  const ids = await docker('ps', '-aq', '--filter', `name=^${prefix}-`)
  if (ids) await docker('rm', '-f', '-v', ...ids.split('\n'))
}

export async function finish(): Promise<void> {
  await removeAll()
  await stopLiveModel()
}

export async function until(condition: () => boolean, timeoutMs = 30_000): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${condition.toString()}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** Waits until the last line the Engine keeps of a container is `text`. */
export async function untilLogged(id: string, text: string): Promise<void> {
  const deadline = Date.now() + 30_000
  while ((await docker('logs', '--tail', '1', id)) !== text)
    if (Date.now() > deadline) throw new Error(`the log of ${id} does not end with ${text}`)
}

export function newFeeds(): Feeds {
  return new Feeds(liveLogEngine())
}

export interface ReadLine {
  containerId: string
  seconds: number
  nanos: number
  isStderr: boolean
  flags: number
  text: string
}

/** What one viewer got so far. */
export class Viewer {
  readonly lines: ReadLine[] = []
  readonly messages: LogMessage[] = []
  readonly #names = new Map<number, string>()
  readonly #leaving = new AbortController()
  #cursors: ReadonlyMap<string, LineCursor> = new Map()
  readonly done: Promise<void>
  isOver = false
  /** Stops taking messages until set back. */
  isStalled = false

  constructor(
    feeds: Feeds,
    target: { ids: string[] } | { project: string },
    options: { tail?: number | 'all'; after?: ReadonlyMap<string, LineCursor> } = {},
  ) {
    const items = streamLogs(feeds, {
      containers: () =>
        snapshot().containers.filter((container) =>
          'ids' in target ? target.ids.includes(container.id) : container.compose?.project === target.project,
        ),
      mayGrow: 'project' in target,
      tail: options.tail ?? 200,
      after: options.after ?? new Map(),
      signal: this.#leaving.signal,
    })
    this.done = this.#read(items)
  }

  async #read(items: AsyncGenerator<StreamItem>): Promise<void> {
    for await (const { message, cursors } of items) {
      this.#cursors = cursors
      this.messages.push(message)
      if (message.type === 'sources')
        for (const source of message.sources) this.#names.set(source.index, source.containerId)
      if (message.type === 'lines') this.#addLines(message)
      while (this.isStalled) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    this.isOver = true
  }

  #addLines(message: Extract<LogMessage, { type: 'lines' }>): void {
    eachLine(message, ({ time, source, flags, text }) =>
      this.lines.push({
        ...time,
        containerId: this.#names.get(source) ?? '',
        flags,
        isStderr: (flags & 1) !== 0,
        text,
      }),
    )
  }

  get texts(): string[] {
    return this.lines.map((line) => line.text)
  }

  get lastText(): string {
    return this.lines.at(-1)?.text ?? ''
  }

  ofType<Type extends LogMessage['type']>(type: Type): Extract<LogMessage, { type: Type }>[] {
    return this.messages.filter(
      (message): message is Extract<LogMessage, { type: Type }> => message.type === type,
    )
  }

  get isCaughtUp(): boolean {
    return this.ofType('caught-up').length > 0
  }

  /** Leaves as a lost connection would; the cursors are what a browser would come back with. */
  async cut(): Promise<Map<string, LineCursor>> {
    const cursors = new Map(this.#cursors)
    this.#leaving.abort()
    await this.done
    return cursors
  }
}

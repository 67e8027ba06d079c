import { WebSocket } from 'ws'
import { type ExecEnd, type ExecOpened, execProtocol, readServerMessage } from '#lib/docker/exec'
import type { Dashboard } from './dashboard.ts'

type Place = Pick<Dashboard, 'port' | 'url' | 'person'>

/** A browser's end of a shell, through the front door. */
export class Shell {
  readonly #socket: WebSocket
  readonly #waiting = new Set<() => void>()
  #text = ''
  #receivedBytes = 0
  #end: ExecEnd | null = null
  closeCode: number | null = null

  private constructor(dashboard: Place, { session, ticket }: ExecOpened) {
    const address = `ws://127.0.0.1:${dashboard.port}/ws/exec/${session.id}`
    const headers = { cookie: dashboard.person.cookie }
    this.#socket = new WebSocket(address, [execProtocol, `composure.ticket.${ticket}`], {
      origin: dashboard.url,
      headers,
    })
    this.#socket.on('message', (data: Buffer, isBinary) => this.#take(data, isBinary))
    this.#socket.on('close', (code) => {
      this.closeCode = code
      this.#look()
    })
    this.#socket.on('error', () => undefined)
  }

  static async open(dashboard: Place, opened: ExecOpened): Promise<Shell> {
    const shell = new Shell(dashboard, opened)
    await new Promise((resolve, reject) => {
      shell.#socket.once('open', resolve)
      shell.#socket.once('error', reject)
    })
    shell.#say({ type: 'attach', fromByte: null })
    return shell
  }

  type(text: string): void {
    this.#socket.send(Buffer.from(text))
  }

  shows(text: string): Promise<void> {
    return this.#until(
      () => this.#text.includes(text),
      `“${text}” in ${JSON.stringify(this.#text.slice(-200))}`,
    )
  }

  async ended(): Promise<ExecEnd> {
    await this.#until(() => this.#end !== null, 'the end of the shell')
    if (!this.#end) throw new Error('never')
    return this.#end
  }

  closed(): Promise<void> {
    return this.#until(() => this.closeCode !== null, 'the end of the socket')
  }

  close(): void {
    this.#socket.terminate()
  }

  #take(data: Buffer, isBinary: boolean): void {
    if (isBinary) {
      this.#receivedBytes += data.length
      this.#text = (this.#text + data.toString()).slice(-100_000)
      this.#say({ type: 'ack', bytes: this.#receivedBytes })
    } else {
      const message = readServerMessage(data.toString())
      if (message?.type === 'end') this.#end = message.end
    }
    this.#look()
  }

  #say(message: unknown): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  #look(): void {
    for (const look of this.#waiting) look()
  }

  #until(isSo: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`never came: ${what}`)), 30_000)
      const look = (): void => {
        if (!isSo()) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }
}

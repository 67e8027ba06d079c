import { postJson } from '#lib/api/client'
import { errorCode } from '#lib/api/errors'
import { paths } from '#lib/api/paths'
import {
  type ExecClientMessage,
  type ExecEnd,
  type ExecOpened,
  execProtocol,
  type ExecServerMessage,
  maxFrameBytes,
  readServerMessage,
} from '#lib/docker/exec'

/** How the line to a shell is; said in words in the frame, never in the terminal's own text. */
export type LineState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'reconnecting' }
  | { kind: 'ended'; end: ExecEnd }
  /** The dashboard knows this shell no more: it was restarted, or the shell was kept long enough. */
  | { kind: 'gone' }
  | { kind: 'refused'; error: unknown }

/** Where output goes. `write` calls back when it is on the screen. */
export interface Output {
  reset: (cols: number, rows: number) => void
  write: (bytes: Uint8Array, done: () => void) => void
  /** Another page uses this shell now, or this one again. */
  size: (cols: number, rows: number, isYours: boolean) => void
  /** All that was kept is on the screen: measure, and take the keyboard. */
  ready: () => void
}

const retryMs = [100, 250, 500, 1000, 2000, 4000]
const ackEveryBytes = 65_536

/** The line to one shell: opens with a ticket, comes back by itself after a cut from where it stopped. */
export class ExecConnection {
  readonly #id: string
  readonly #output: Output
  readonly #onState: (state: LineState) => void
  #ticket: string | null
  #socket: WebSocket | null = null
  #isClosed = false
  #isEnded = false
  #isDriver = false
  #failures = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #shownByte: number | null = null
  #replayBytes = 0
  #writtenBytes = 0
  #ackedBytes = 0

  constructor(id: string, ticket: string | null, output: Output, onState: (state: LineState) => void) {
    this.#id = id
    this.#ticket = ticket
    this.#output = output
    this.#onState = onState
    void this.#connect()
  }

  /** True while what a program asks the terminal is asked now, and of this page. */
  get mayAnswer(): boolean {
    return this.#isDriver && this.#replayBytes === 0 && this.#socket?.readyState === WebSocket.OPEN
  }

  /** What was typed or pasted; dropped while the line is down or the old screen is being shown. */
  send(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#replayBytes > 0 || this.#socket?.readyState !== WebSocket.OPEN) return
    for (let at = 0; at < bytes.length; at += maxFrameBytes / 2)
      this.#socket.send(bytes.subarray(at, at + maxFrameBytes / 2))
  }

  resize(cols: number, rows: number): void {
    this.#say({ type: 'resize', cols, rows })
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#socket?.close(1000)
  }

  async #connect(): Promise<void> {
    try {
      const ticket = this.#ticket ?? (await postJson<ExecOpened>(paths.exec(this.#id))).ticket
      this.#ticket = null
      if (this.#isClosed) return
      this.#open(ticket)
    } catch (error) {
      this.#afterFailure(error)
    }
  }

  #open(ticket: string): void {
    const url = new URL(paths.execSocket(this.#id), location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    const socket = new WebSocket(url, [execProtocol, `composure.ticket.${ticket}`])
    socket.binaryType = 'arraybuffer'
    this.#socket = socket
    socket.onopen = () => this.#say({ type: 'attach', fromByte: this.#shownByte })
    socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data !== 'string') return this.#receive(new Uint8Array(data))
      const message = readServerMessage(data)
      if (message) this.#handle(message)
    }
    socket.onclose = () => this.#afterClose()
  }

  #handle(message: ExecServerMessage): void {
    switch (message.type) {
      case 'attached':
        if (message.isReset) this.#output.reset(message.cols, message.rows)
        this.#failures = 0
        this.#shownByte = message.fromByte
        this.#replayBytes = message.replayBytes
        this.#writtenBytes = 0
        this.#ackedBytes = 0
        this.#onState({ kind: 'live' })
        if (message.replayBytes === 0) this.#output.ready()
        return
      case 'size':
        this.#isDriver = message.isYours
        if (this.#replayBytes === 0) this.#output.size(message.cols, message.rows, message.isYours)
        return
      case 'end':
        this.#isEnded = true
        this.#onState({ kind: 'ended', end: message.end })
        return
      case 'error':
        return
      default:
        message satisfies never
    }
  }

  #receive(bytes: Uint8Array): void {
    this.#shownByte = (this.#shownByte ?? 0) + bytes.length
    const old = bytes.subarray(0, this.#replayBytes)
    const fresh = bytes.subarray(old.length)
    const socket = this.#socket
    if (old.length > 0)
      this.#output.write(old, () => {
        if (socket !== this.#socket) return
        this.#replayBytes -= old.length
        this.#acknowledge(old.length)
        if (this.#replayBytes === 0) this.#output.ready()
      })
    if (fresh.length > 0)
      this.#output.write(fresh, () => {
        if (socket === this.#socket) this.#acknowledge(fresh.length)
      })
  }

  #acknowledge(bytes: number): void {
    this.#writtenBytes += bytes
    if (this.#writtenBytes - this.#ackedBytes < ackEveryBytes) return
    this.#ackedBytes = this.#writtenBytes
    this.#say({ type: 'ack', bytes: this.#writtenBytes })
  }

  #say(message: ExecClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  #afterClose(): void {
    this.#isDriver = false
    if (this.#isClosed || this.#isEnded) return
    this.#retry()
  }

  #afterFailure(error: unknown): void {
    if (this.#isClosed) return
    const code = errorCode(error)
    if (code === 'exec_not_found') this.#onState({ kind: 'gone' })
    else if (code !== null && code !== 'internal' && code !== 'engine_unreachable')
      this.#onState({ kind: 'refused', error })
    else this.#retry()
  }

  #retry(): void {
    this.#onState({ kind: 'reconnecting' })
    const waitMs = retryMs[Math.min(this.#failures, retryMs.length - 1)]
    this.#failures += 1
    this.#timer = setTimeout(() => void this.#connect(), waitMs)
  }
}

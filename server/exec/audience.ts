import 'server-only'
import type { ExecServerMessage, ExecSession } from '#lib/docker/exec'
import { maxFrameBytes } from '#lib/docker/exec'
import { ReplayBuffer } from './replay-buffer.ts'

const keptBytes = 256 * 1024
/** Sent and not yet on the screen: more waits here, less than `lowBytes` goes on. */
const highBytes = 1024 * 1024
const lowBytes = 256 * 1024
/** When this much waits for the page in use, the program in the container waits too. */
const fullLagBytes = 128 * 1024
const emptyLagBytes = 32 * 1024
const coalesceMs = 4
const coalesceBytes = 16 * 1024

/** One page's end of the wire. */
export interface Viewer {
  send: (bytes: Uint8Array) => void
  say: (message: ExecServerMessage) => void
  /** Bytes given to `send` that the socket has not taken yet. */
  readonly backlogBytes: number
  close: (code: number, reason: string) => void
}

interface Seat {
  viewer: Viewer
  cursor: number
  sentBytes: number
  ackedBytes: number
  isFull: boolean
}

/**
 * Who watches one terminal. Output goes to each as fast as it reads: the page used last (the driver) slows the program
 * down, any other that falls too far behind gets the screen anew and delays nobody.
 */
export class Audience {
  readonly #buffer = new ReplayBuffer(keptBytes)
  readonly #seats = new Map<Viewer, Seat>()
  readonly #describe: () => { session: ExecSession; cols: number; rows: number }
  readonly #setPaused: (isPaused: boolean) => void
  #driver: Viewer | null = null
  #isPaused = false
  #isHurried = false
  #hadViewer = false
  #lastFlushMs = 0
  #pendingBytes = 0
  #timer: NodeJS.Timeout | null = null

  constructor(
    describe: () => { session: ExecSession; cols: number; rows: number },
    setPaused: (isPaused: boolean) => void,
  ) {
    this.#describe = describe
    this.#setPaused = setPaused
  }

  get size(): number {
    return this.#seats.size
  }

  get outputBytes(): number {
    return this.#buffer.end
  }

  /** Output of the program. A keystroke's echo and the first bytes after a pause go at once, a flood in pieces. */
  push(chunk: Uint8Array): void {
    this.#buffer.append(chunk)
    this.#pendingBytes += chunk.length
    const sinceMs = performance.now() - this.#lastFlushMs
    if (this.#isHurried || this.#pendingBytes >= coalesceBytes || sinceMs >= coalesceMs) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), coalesceMs - sinceMs)
  }

  /** Somebody typed: what comes next is waited for. */
  hurry(): void {
    this.#isHurried = true
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#isHurried = false
    this.#pendingBytes = 0
    this.#lastFlushMs = performance.now()
    for (const seat of this.#seats.values()) this.#pump(seat)
    this.#weigh()
  }

  /**
   * Lets a page in: what it has not shown yet, or all that is kept. True when a full-screen program should be asked to draw
   * itself again, because the beginning of its picture is forgotten.
   */
  attach(viewer: Viewer, fromByte: number | null): boolean {
    const canGoOn = fromByte !== null && fromByte >= this.#buffer.start && fromByte <= this.#buffer.end
    const seat = { viewer, cursor: 0, sentBytes: 0, ackedBytes: 0, isFull: false }
    this.#seats.set(viewer, seat)
    this.drive(viewer)
    const needsRedraw = this.#seat(seat, canGoOn ? fromByte : null)
    this.#hadViewer = true
    this.flush()
    return needsRedraw
  }

  detach(viewer: Viewer): void {
    this.#seats.delete(viewer)
    if (this.#driver === viewer) {
      this.#driver = null
      const next = [...this.#seats.keys()].at(-1)
      if (next) this.drive(next)
    }
    this.#weigh()
  }

  /** `bytes` of this connection are on the screen. */
  ack(viewer: Viewer, bytes: number): void {
    const seat = this.#seats.get(viewer)
    if (!seat) return
    seat.ackedBytes = Math.min(bytes, seat.sentBytes)
    this.wake(viewer)
  }

  /** The socket took what it was given. */
  wake(viewer: Viewer): void {
    const seat = this.#seats.get(viewer)
    if (!seat?.isFull) return
    this.#pump(seat)
    this.#weigh()
  }

  /** This page is the one in use: it sets the size and answers what programs ask the terminal. */
  drive(viewer: Viewer): void {
    if (this.#driver === viewer || !this.#seats.has(viewer)) return
    this.#driver = viewer
    this.saySize()
    this.#weigh()
  }

  saySize(): void {
    const { cols, rows } = this.#describe()
    for (const viewer of this.#seats.keys())
      viewer.say({ type: 'size', cols, rows, isYours: viewer === this.#driver })
  }

  say(message: ExecServerMessage): void {
    for (const viewer of this.#seats.keys()) viewer.say(message)
  }

  closeAll(code: number, reason: string): void {
    for (const viewer of Array.from(this.#seats.keys())) viewer.close(code, reason)
  }

  #seat(seat: Seat, goOnAt: number | null): boolean {
    const restore = goOnAt === null ? this.#buffer.restore() : new Uint8Array()
    const start = goOnAt ?? this.#buffer.start
    const old = restore.length + this.#buffer.end - start
    seat.cursor = start
    seat.viewer.say({
      type: 'attached',
      fromByte: start - restore.length,
      // Nobody has seen the very first output: what it asks is still to be answered.
      replayBytes: this.#hadViewer ? old : 0,
      isReset: goOnAt === null,
      ...this.#describe(),
    })
    if (restore.length > 0) {
      seat.viewer.send(restore)
      seat.sentBytes += restore.length
    }
    return goOnAt === null && /\x1b\[\?(1049|1047|47)h/.test(Buffer.from(restore).toString('latin1'))
  }

  #pump(seat: Seat): void {
    if (seat.cursor < this.#buffer.start) this.#seat(seat, null)
    for (;;) {
      const waiting = Math.max(seat.sentBytes - seat.ackedBytes, seat.viewer.backlogBytes)
      if (waiting >= (seat.isFull ? lowBytes : highBytes)) {
        seat.isFull = true
        return
      }
      seat.isFull = false
      const bytes = this.#buffer.read(seat.cursor, maxFrameBytes)
      if (bytes.length === 0) return
      seat.cursor += bytes.length
      seat.sentBytes += bytes.length
      seat.viewer.send(bytes)
    }
  }

  #weigh(): void {
    const seat = this.#driver ? this.#seats.get(this.#driver) : undefined
    const lagBytes = seat ? this.#buffer.end - seat.cursor : 0
    const shouldPause = lagBytes >= (this.#isPaused ? emptyLagBytes : fullLagBytes)
    if (shouldPause === this.#isPaused) return
    this.#isPaused = shouldPause
    this.#setPaused(shouldPause)
  }
}

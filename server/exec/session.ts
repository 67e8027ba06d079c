import 'server-only'
import type { ExecEnd, ExecEndReason, ExecSession } from '#lib/docker/exec'
import { log } from '#server/log'
import { Audience, type Viewer } from './audience.ts'
import type { Program } from './program.ts'
import type { ReapTarget } from './reaper.ts'

const maxCols = 1000
const graceMs = 2000

/** What a session is made of; the program runs. */
export interface SessionParts {
  id: string
  containerId: string
  containerName: string
  command: string[]
  user: string
  workingDir: string
  cols: number
  rows: number
  /** Of the sign-in that opened it: nobody else may watch, type or end. */
  sessionHash: string
  userName: string
  ip: string
  /** Joined to the container's main process, in place of a shell of its own. */
  isAttached: boolean
  program: Program
}

/** How long nobody watched, and how long nothing moved; null when somebody does. */
export interface Quiet {
  unwatchedMs: number | null
  idleMs: number
}

/** One terminal in a container, which outlives the page that opened it. `onEnd` is called once, when all is over. */
export class Session {
  readonly parts: Readonly<SessionParts>
  readonly startedAtMs = Date.now()
  readonly #audience: Audience
  readonly #onEnd: (session: Session, end: ExecEnd) => void
  #cols: number
  #rows: number
  #inputBytes = 0
  // Waits are measured by a clock that nobody sets.
  #lastByteMs = performance.now()
  #unwatchedSinceMs: number | null = performance.now()
  #end: ExecEnd | null = null
  #ending: Promise<ExecEnd> | null = null

  constructor(parts: SessionParts, onEnd: (session: Session, end: ExecEnd) => void) {
    this.parts = parts
    this.#onEnd = onEnd
    this.#cols = parts.cols
    this.#rows = parts.rows
    const { stream } = parts.program
    this.#audience = new Audience(
      () => ({ session: this.describe(), cols: this.#cols, rows: this.#rows }),
      (isPaused) => (isPaused ? stream.pause() : stream.resume()),
    )
    stream.on('data', (chunk: Buffer) => {
      this.#lastByteMs = performance.now()
      this.#audience.push(chunk)
    })
    const over = (): void => void this.#finish(null)
    stream.on('end', over).on('close', over)
    stream.on('error', (error) =>
      log.debug('a terminal broke', { error: error.message, sessionId: parts.id }),
    )
  }

  get end(): ExecEnd | null {
    return this.#end
  }

  get bytes(): { input: number; output: number } {
    return { input: this.#inputBytes, output: this.#audience.outputBytes }
  }

  get reapTarget(): ReapTarget | null {
    return this.parts.program.reapTarget
  }

  quiet(nowMs: number): Quiet {
    return {
      unwatchedMs: this.#unwatchedSinceMs === null ? null : nowMs - this.#unwatchedSinceMs,
      idleMs: nowMs - this.#lastByteMs,
    }
  }

  describe(): ExecSession {
    const { id, containerId, containerName, command, user, workingDir, isAttached } = this.parts
    const { startedAtMs } = this
    const end = this.#end
    return { id, containerId, containerName, command, user, workingDir, isAttached, startedAtMs, end }
  }

  attach(viewer: Viewer, fromByte: number | null): void {
    this.#unwatchedSinceMs = null
    const needsRedraw = this.#audience.attach(viewer, fromByte)
    if (this.#end) viewer.say({ type: 'end', end: this.#end })
    else if (needsRedraw) void this.#redraw()
  }

  detach(viewer: Viewer): void {
    this.#audience.detach(viewer)
    if (this.#audience.size === 0) this.#unwatchedSinceMs = performance.now()
  }

  /** What somebody typed. False when the container does not read: call `onDrain` before sending more. */
  write(viewer: Viewer, bytes: Uint8Array): boolean {
    if (this.#ending) return true
    this.#lastByteMs = performance.now()
    this.#inputBytes += bytes.length
    this.#audience.drive(viewer)
    this.#audience.hurry()
    return this.parts.program.stream.write(bytes)
  }

  onDrain(run: () => void): void {
    this.parts.program.stream.once('drain', run)
  }

  ack(viewer: Viewer, bytes: number): void {
    this.#audience.ack(viewer, bytes)
  }

  wake(viewer: Viewer): void {
    this.#audience.wake(viewer)
  }

  /** The page in use has this size now; every page that watches follows. */
  resize(viewer: Viewer, cols: number, rows: number): void {
    this.#audience.drive(viewer)
    if (this.#ending || (cols === this.#cols && rows === this.#rows)) return
    this.#cols = cols
    this.#rows = rows
    this.#audience.saySize()
    void this.#applySize(cols, rows)
  }

  /** Ends the session and everything it started; the first reason counts. Resolves when all is over. */
  async stop(reason: ExecEndReason): Promise<ExecEnd> {
    return this.#finish(reason)
  }

  /** Ends it after its processes were already seen to (all of a container at once, when the dashboard stops). */
  async settle(reason: ExecEndReason, isLeftRunning: boolean): Promise<ExecEnd> {
    this.#ending ??= this.#conclude(reason, isLeftRunning)
    return this.#ending
  }

  close(code: number, reason: string): void {
    this.#audience.closeAll(code, reason)
  }

  #finish(reason: ExecEndReason | null): Promise<ExecEnd> {
    this.#ending ??= reason === null ? this.#afterOwnEnd() : this.#afterStop(reason)
    return this.#ending
  }

  async #afterStop(reason: ExecEndReason): Promise<ExecEnd> {
    const result = await this.parts.program.end('kill', graceMs)
    return this.#conclude(reason, result === 'left')
  }

  /** The shell ended by itself, or its container or the Engine did. What it left in the background is hung up, as a terminal does. */
  async #afterOwnEnd(): Promise<ExecEnd> {
    const reason = await this.parts.program.whyItEnded()
    const isLeftRunning = reason === 'engine_gone'
    const end = await this.#conclude(reason, isLeftRunning)
    if (reason === 'exited') await this.parts.program.end('spare', 0)
    return end
  }

  async #conclude(reason: ExecEndReason, isLeftRunning: boolean): Promise<ExecEnd> {
    const { program, isAttached } = this.parts
    // A main process goes on without this terminal: it has no exit code, and nothing is to be waited for.
    const isDetached = isAttached && reason !== 'exited'
    const exitCode = isDetached ? null : await program.exitCode()
    program.stream.destroy()
    program.release()
    this.#audience.flush()
    this.#end = { reason, exitCode, isLeftRunning }
    this.#audience.say({ type: 'end', end: this.#end })
    if (this.#audience.size === 0) this.#unwatchedSinceMs = performance.now()
    this.#onEnd(this, this.#end)
    return this.#end
  }

  /** A full-screen program draws itself again when its terminal changes size. */
  async #redraw(): Promise<void> {
    await this.#applySize(Math.min(this.#cols + 1, maxCols), this.#rows)
    await this.#applySize(this.#cols, this.#rows)
  }

  async #applySize(cols: number, rows: number): Promise<void> {
    try {
      await this.parts.program.resize(cols, rows)
    } catch (error) {
      log.debug('a terminal could not be resized', { error: String(error), sessionId: this.parts.id })
    }
  }
}

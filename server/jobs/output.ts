import 'server-only'
import { createReadStream, mkdirSync, rmSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { JobEvent } from '#lib/jobs/job-event'
import { Bell } from '#server/bell'
import { currentEnv } from '#server/env'
import { log } from '#server/log'

type NewEvent = JobEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'n' | 'atMs'>
    : never
  : never

const maxFileBytes = 32 * 1024 * 1024
const maxUnwrittenBytes = 1024 * 1024
/** Of an output that is too long the end is kept as well: that is where the reason stands. */
const keptLines = 500

/** What one job has said: an append-only file of JSON lines, numbered from 1; who follows reads the file. */
export class JobOutput {
  readonly bell = new Bell()
  readonly #path: string
  #file: FileHandle | null = null
  #unwritten: string[] = []
  #unwrittenBytes = 0
  #writing: Promise<void> | null = null
  #n = 0
  #bytes = 0
  #left: NewEvent[] = []
  #leftCount = 0
  #isClosed = false

  constructor(id: string) {
    mkdirSync(outputDir(), { recursive: true, mode: 0o700 })
    this.#path = outputPath(id)
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Adds an event; nothing after `close`. */
  write(event: NewEvent): void {
    if (this.#isClosed) return
    if (this.#bytes > maxFileBytes) {
      this.#leave(event)
      return
    }
    this.#append(event)
  }

  /** Resolves when less than 1 MiB waits for the disk. */
  async drained(): Promise<void> {
    while (this.#unwrittenBytes > maxUnwrittenBytes && this.#writing) await this.#writing
  }

  /** Writes what is left and closes the file. */
  async close(): Promise<void> {
    this.#isClosed = true
    const cutLines = this.#leftCount - this.#left.length
    if (cutLines > 0) this.#append({ kind: 'cut', lineCount: cutLines })
    for (const event of this.#left) this.#append(event)
    this.#left = []
    while (this.#writing) await this.#writing
    await this.#file?.close()
    this.#file = null
    this.bell.ring()
  }

  #leave(event: NewEvent): void {
    // Steps that only move on are not worth keeping here; how they ended is.
    if (event.kind === 'step' && event.step.state === 'running') return
    this.#left.push(event)
    if (this.#left.length > keptLines) this.#left.shift()
    this.#leftCount += 1
  }

  #append(event: NewEvent): void {
    this.#n += 1
    const line = `${JSON.stringify({ n: this.#n, atMs: Date.now(), ...event })}\n`
    const bytes = Buffer.byteLength(line)
    this.#unwritten.push(line)
    this.#unwrittenBytes += bytes
    this.#bytes += bytes
    this.#writing ??= this.#drain()
  }

  async #drain(): Promise<void> {
    try {
      while (this.#unwritten.length > 0) {
        this.#file ??= await open(/* turbopackIgnore: true */ this.#path, 'a', 0o600)
        const text = this.#unwritten.join('')
        this.#unwritten = []
        await this.#file.appendFile(text)
        this.#unwrittenBytes = this.#unwritten.reduce((sum, line) => sum + Buffer.byteLength(line), 0)
        this.bell.ring()
      }
    } catch (error) {
      log.error('the output of a job cannot be written', { file: this.#path, error: String(error) })
      this.#unwritten = []
      this.#unwrittenBytes = 0
    } finally {
      this.#writing = null
    }
  }
}

const outputDir = (): string => join(currentEnv().dataDir, 'jobs')
const outputPath = (id: string): string => join(outputDir(), `${id}.jsonl`)

/** Removes the output of jobs that are forgotten. */
export function removeOutput(ids: readonly string[]): void {
  for (const id of ids) rmSync(outputPath(id), { force: true })
}

/** Reads a job's file from byte `from`: whole lines whose number is above `after`, in pieces of about 64 KiB. A last line without an end is not there yet. */
export async function* readOutput(
  id: string,
  from: number,
  after: number,
): AsyncGenerator<{ events: JobEvent[]; endByte: number }> {
  const stream = createReadStream(/* turbopackIgnore: true */ outputPath(id), { start: from })
  let rest = Buffer.alloc(0)
  let endByte = from
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.concat([rest, chunk as Buffer])
      const end = bytes.lastIndexOf(10) + 1
      rest = bytes.subarray(end)
      if (end === 0) continue
      endByte += end
      const events = bytes
        .subarray(0, end)
        .toString()
        .split('\n')
        .flatMap((line) => readEvent(line, after))
      yield { events, endByte }
    }
  } catch (error) {
    // A job that has said nothing yet has no file.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

function readEvent(line: string, after: number): JobEvent[] {
  const n = Number(/^\{"n":(\d+),/.exec(line)?.[1] ?? 0)
  return n > after ? [JSON.parse(line) as JobEvent] : []
}

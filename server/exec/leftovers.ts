import 'server-only'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { log } from '#server/log'
import { readEnv } from '#server/env'
import { reap, type ReapTarget } from './reaper.ts'

const retryMs = 30_000
const record = z.array(
  z.object({
    sessionId: z.string(),
    containerId: z.string(),
    execId: z.string(),
    user: z.string(),
    command: z.array(z.string()),
  }),
)

/**
 * Sessions whose processes may run: written down before each starts, crossed out when it is gone. After a crash the next
 * start reads it and tidies up. What cannot be tidied yet (a paused container, an Engine away) is tried again.
 */
export class Leftovers {
  readonly #path: string
  readonly #open = new Map<string, ReapTarget>()
  readonly #left = new Map<string, ReapTarget>()
  #timer: NodeJS.Timeout | null = null

  constructor(folder: string = readEnv().dataDir) {
    this.#path = join(folder, 'exec-sessions.json')
  }

  add(target: ReapTarget): void {
    this.#open.set(target.sessionId, target)
    this.#write()
  }

  remove(sessionId: string): void {
    this.#open.delete(sessionId)
    this.#write()
  }

  /** Its processes may still run: they are looked for again until they are gone. */
  retry(target: ReapTarget): void {
    this.#open.delete(target.sessionId)
    this.#left.set(target.sessionId, target)
    this.#write()
    this.#timer ??= setInterval(() => void this.sweep(), retryMs).unref()
  }

  /** Ends what an earlier life of the dashboard left behind. */
  async sweepEarlierLife(): Promise<void> {
    for (const target of this.#read()) if (!this.#open.has(target.sessionId)) this.retry(target)
    await this.sweep()
  }

  async sweep(): Promise<void> {
    for (const target of Array.from(this.#left.values())) {
      const result = await reap([target], { mode: 'kill', graceMs: 1000 })
      if (result === 'left') continue
      this.#left.delete(target.sessionId)
      log.info('ended what a shell had left running', { containerId: target.containerId })
    }
    this.#write()
    if (this.#left.size > 0 || !this.#timer) return
    clearInterval(this.#timer)
    this.#timer = null
  }

  #read(): ReapTarget[] {
    try {
      return record.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch {
      return []
    }
  }

  /** In one step, so that a crash leaves the old or the new list and never half of one. */
  #write(): void {
    try {
      const next = `${this.#path}.new`
      mkdirSync(join(this.#path, '..'), { recursive: true })
      writeFileSync(next, JSON.stringify([...this.#open.values(), ...this.#left.values()]), { mode: 0o600 })
      renameSync(next, this.#path)
    } catch (error) {
      log.warn('open shells could not be written down', { error: String(error) })
    }
  }
}

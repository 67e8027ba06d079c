import 'server-only'
import { createHash, randomBytes } from 'node:crypto'

const lifeMs = 30_000
const hash = (ticket: string): string => createHash('sha256').update(ticket).digest('hex')

/** Single-use keys to one session's socket; kept as hashes, for 30 s. */
export class Tickets {
  readonly #issued = new Map<string, { sessionId: string; expiresAtMs: number }>()

  issue(sessionId: string): string {
    const now = performance.now()
    for (const [key, { expiresAtMs }] of this.#issued) if (expiresAtMs <= now) this.#issued.delete(key)
    const ticket = randomBytes(32).toString('base64url')
    this.#issued.set(hash(ticket), { sessionId, expiresAtMs: now + lifeMs })
    return ticket
  }

  /** True once per ticket, for its own session, in time. */
  spend(ticket: string, sessionId: string): boolean {
    const key = hash(ticket)
    const issued = this.#issued.get(key)
    this.#issued.delete(key)
    return issued !== undefined && issued.sessionId === sessionId && issued.expiresAtMs > performance.now()
  }
}

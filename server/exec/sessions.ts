import 'server-only'
import { randomUUID } from 'node:crypto'
import { CodedError } from '#lib/api/errors'
import type { ExecEnd, ExecEndReason, ExecOpened, ExecSession, execRequest } from '#lib/docker/exec'
import type { z } from 'zod'
import { createExec, inspectForExec, startExec } from '#server/engine/containers/exec'
import { processWide } from '#server/process-wide'
import { findShell } from './find-shell.ts'
import { Leftovers } from './leftovers.ts'
import { ownContainerId } from './own-container.ts'
import { markName, reap } from './reaper.ts'
import { mainProgram } from './main-program.ts'
import { execProgram } from './program.ts'
import { Session, type SessionParts } from './session.ts'
import { type ExecSettings, readExecSettings } from './settings.ts'
import { Tickets } from './tickets.ts'

/** Who opens or uses a session. */
export interface Person {
  userName: string
  sessionHash: string
  ip: string
  mayForce: boolean
}

/** Told of every session's beginning and end. */
export interface Watcher {
  opened?: (session: Session) => void
  ended?: (session: Session, end: ExecEnd) => void
}

const tickMs = 1000

/** All shells of this process. */
export class Sessions {
  readonly settings: ExecSettings
  readonly leftovers: Leftovers
  readonly #tickets = new Tickets()
  readonly #sessions = new Map<string, Session>()
  readonly #watchers = new Set<Watcher>()
  readonly #opening = new Set<Promise<Session>>()
  #isStopped = false
  #timer: NodeJS.Timeout | null = null

  constructor(settings: ExecSettings = readExecSettings(), leftovers = new Leftovers()) {
    this.settings = settings
    this.leftovers = leftovers
  }

  watch(watcher: Watcher): void {
    this.#watchers.add(watcher)
  }

  /**
   * Starts a shell, with its size before its first prompt, or joins the main process. Throws `container_not_found`, `not_running`, `no_shell`,
   * `is_itself`, `too_many_streams`, `bad_request` (no such user or folder), `conflict` (no terminal to join).
   */
  async open(idOrName: string, wanted: z.output<typeof execRequest>, person: Person): Promise<ExecOpened> {
    const container = await inspectForExec(idOrName)
    this.#requireOther(container.id, wanted.force && person.mayForce)
    requireRunning(container)
    this.#requireGoingOn()
    this.#requireRoom(container.id, person.userName)
    const opening = wanted.attach
      ? this.#attach(container, wanted, person)
      : this.#start(container, wanted, person)
    this.#opening.add(opening)
    try {
      const session = await opening
      return { session: session.describe(), ticket: this.#tickets.issue(session.parts.id) }
    } finally {
      this.#opening.delete(opening)
    }
  }

  /** The session, for the sign-in that opened it; throws `exec_not_found` for anybody else. */
  get(id: string, sessionHash: string): Session {
    const session = this.#sessions.get(id)
    if (session && session.parts.sessionHash === sessionHash) return session
    throw new CodedError('exec_not_found', 'This shell is over.', {
      hint: 'Start another one.',
    })
  }

  /** A fresh ticket to its socket. */
  reopen(id: string, sessionHash: string): ExecOpened {
    return { session: this.get(id, sessionHash).describe(), ticket: this.#tickets.issue(id) }
  }

  spendTicket(ticket: string, id: string): boolean {
    return this.#tickets.spend(ticket, id)
  }

  /** Shells whose process runs. */
  get openCount(): number {
    return [...this.#sessions.values()].filter((session) => !session.end).length
  }

  /** The sessions this sign-in has in a container, oldest first. */
  list(containerId: string, sessionHash: string): ExecSession[] {
    return [...this.#sessions.values()]
      .filter(({ parts }) => parts.sessionHash === sessionHash)
      .filter(({ parts }) => parts.containerId.startsWith(containerId) || parts.containerName === containerId)
      .map((session) => session.describe())
  }

  /** Ends a session for good and forgets it; resolves when nothing of it runs. */
  async close(id: string, reason: ExecEndReason): Promise<void> {
    const session = this.#sessions.get(id)
    if (!session) return
    await session.stop(reason)
    this.#forget(session)
  }

  /** Ends everything, container by container, within about 2 s, those too that are being opened; new shells are refused from now on. */
  async stopAll(reason: ExecEndReason): Promise<void> {
    this.#isStopped = true
    const open = [...this.#sessions.values()].filter((session) => !session.end)
    const byContainer = Map.groupBy(open, (session) => session.parts.containerId)
    await Promise.all(
      [...byContainer.values()].map(async (sessions) => {
        const result = await reap(
          sessions.flatMap(({ reapTarget }) => reapTarget ?? []),
          { mode: 'kill', graceMs: 500 },
        )
        await Promise.all(sessions.map((session) => session.settle(reason, result === 'left')))
      }),
    )
    this.#sayGoodbye(reason)
    // Each of these sees that it is over and ends itself.
    await Promise.allSettled(this.#opening)
    this.#sayGoodbye(reason)
  }

  #sayGoodbye(reason: ExecEndReason): void {
    for (const session of this.#sessions.values()) session.close(1001, reason)
  }

  #requireOther(containerId: string, isForced: boolean): void {
    if (containerId !== ownContainerId() || isForced) return
    throw new CodedError('is_itself', 'This is the dashboard’s own container.', {
      hint: 'A shell in it can read its secrets and the Docker socket. An admin may open one all the same.',
    })
  }

  #requireRoom(containerId: string, userName: string): void {
    const open = [...this.#sessions.values()].filter((session) => !session.end)
    const { max, maxPerContainer, maxPerUser } = this.settings
    const here = open.filter((session) => session.parts.containerId === containerId).length
    const theirs = open.filter((session) => session.parts.userName === userName).length
    const isFull = open.length + this.#opening.size >= max || here >= maxPerContainer || theirs >= maxPerUser
    if (!isFull) return
    throw new CodedError('too_many_streams', 'Too many shells are open.', {
      hint: `Close one first: ${maxPerContainer} per container, ${maxPerUser} per person, ${max} in all.`,
    })
  }

  #requireGoingOn(): void {
    if (!this.#isStopped) return
    throw new CodedError('too_many_streams', 'Composure is about to end and opens no more shells.', {
      hint: 'Wait until it is back.',
    })
  }

  async #start(container: Inspected, wanted: z.output<typeof execRequest>, person: Person): Promise<Session> {
    const { user, workingDir, cols, rows } = wanted
    const place = { containerId: container.id, user, workingDir }
    const command = wanted.command ?? (await findShell(place, wanted.shell))
    const id = randomUUID()
    const environment = [`${markName}=${id}`, 'TERM=xterm-256color', ...locale(container.environment)]
    const size = { cols, rows }
    const execId = await createExec(container.id, {
      command,
      user,
      workingDir,
      environment,
      isTty: true,
      size,
    })
    this.#requireGoingOn()
    const target = { sessionId: id, containerId: container.id, execId, user, command }
    this.leftovers.add(target)
    try {
      const stream = await startExec(execId, { isTty: true, size })
      const program = execProgram(stream, target)
      const session = this.#add({
        ...partsOf(container, person),
        id,
        command,
        user,
        workingDir,
        ...size,
        program,
      })
      // Engines before API 1.42 take no size at the start.
      void program.resize(cols, rows).catch(() => {})
      if (this.#isStopped) await session.stop('shutdown')
      return session
    } catch (error) {
      // The Engine may have started it and not come to say so.
      this.leftovers.retry(target)
      throw error
    }
  }

  async #attach(
    container: Inspected,
    { cols, rows }: z.output<typeof execRequest>,
    person: Person,
  ): Promise<Session> {
    const program = await mainProgram(container, cols, rows)
    const parts = {
      ...partsOf(container, person),
      id: randomUUID(),
      command: container.command,
      cols,
      rows,
      program,
    }
    const session = this.#add({ ...parts, user: '', workingDir: '', isAttached: true })
    if (this.#isStopped) await session.stop('shutdown')
    return session
  }

  #add(parts: SessionParts): Session {
    const session = new Session(parts, (ended, end) => this.#ended(ended, end))
    this.#sessions.set(parts.id, session)
    this.#timer ??= setInterval(() => this.#tick(), tickMs).unref()
    for (const watcher of this.#watchers) watcher.opened?.(session)
    return session
  }

  #ended(session: Session, end: ExecEnd): void {
    if (end.isLeftRunning && session.reapTarget) this.leftovers.retry(session.reapTarget)
    else this.leftovers.remove(session.parts.id)
    for (const watcher of this.#watchers) watcher.ended?.(session, end)
  }

  #tick(): void {
    const nowMs = performance.now()
    const { keepMs, idleMs } = this.settings
    for (const session of this.#sessions.values()) {
      const quiet = session.quiet(nowMs)
      const isUnwatched = quiet.unwatchedMs !== null && quiet.unwatchedMs >= keepMs
      if (session.end) {
        if (isUnwatched) this.#forget(session)
      } else if (isUnwatched) void session.stop('unwatched')
      else if (quiet.idleMs >= idleMs) void session.stop('idle')
    }
  }

  #forget(session: Session): void {
    session.close(1000, 'over')
    this.#sessions.delete(session.parts.id)
    if (this.#sessions.size > 0 || !this.#timer) return
    clearInterval(this.#timer)
    this.#timer = null
  }
}

/** The sessions of this process, the same in both module graphs. */
export function execSessions(): Sessions {
  return processWide('exec.sessions', () => new Sessions())
}

type Inspected = Awaited<ReturnType<typeof inspectForExec>>

function partsOf({ id, name }: Inspected, { userName, sessionHash, ip }: Person) {
  return { containerId: id, containerName: name, isAttached: false, userName, sessionHash, ip }
}

function requireRunning({ name, state }: { name: string; state: string }): void {
  if (state === 'running') return
  throw new CodedError('not_running', `${name} is ${state}, so there is nothing to open a shell in.`, {
    hint: state === 'paused' ? 'Unpause it first.' : 'Start it first.',
  })
}

/** Programs write UTF-8 only when told to; what the container says itself goes first. */
function locale(environment: readonly string[]): string[] {
  return environment.some((entry) => /^(LANG|LC_ALL|LC_CTYPE)=./.test(entry)) ? [] : ['LANG=C.UTF-8']
}

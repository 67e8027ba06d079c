import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { errorCode } from '#lib/api/errors'
import { log } from '#server/log'
import { type ExecState, inspectExec, runExec } from '#server/engine/containers/exec'
import { reaperScript } from './reaper-script.ts'

/** Environment variable that marks everything started in a shell of ours. */
export const markName = 'COMPOSURE_EXEC_ID'

/** What it takes to find a session's processes again, after a restart of the dashboard too. */
export interface ReapTarget {
  sessionId: string
  containerId: string
  execId: string
  user: string
  command: string[]
}

/** `gone`: none is left. `left`: some still run or may run. `spared`: what ignored the hang-up was left alone on purpose. */
export type ReapResult = 'gone' | 'spared' | 'left'

/** The Engine says yes to a start before the process is there; it carries no mark until then. */
const beginningMs = 1500
const lookMs = 25
/** The Engine notes an end a moment after it. */
const endLooks = 20
const maxRounds = 3

/**
 * Ends the processes of sessions of one container. The Engine never does it: a closed connection leaves the shell and all it started
 * running. `kill` ends everything; `spare` hangs up as a closed terminal does, and leaves alone what was started with nohup.
 */
export async function reap(
  targets: readonly ReapTarget[],
  options: { mode: 'kill' | 'spare'; graceMs: number },
): Promise<ReapResult> {
  await untilBegun(targets)
  if (options.mode === 'spare') return reapOnce(targets, options)
  let result: ReapResult = 'gone'
  for (let round = 1; round <= maxRounds; round += 1) {
    result = await reapOnce(targets, options)
    if (result !== 'gone' || (await areOver(targets))) return result
  }
  return 'left'
}

async function reapOnce(
  targets: readonly ReapTarget[],
  options: { mode: 'kill' | 'spare'; graceMs: number },
): Promise<ReapResult> {
  const [first] = targets
  if (!first) return 'gone'
  const marks = targets.map((target) => `${markName}=${target.sessionId}`)
  const script = [
    '-c',
    reaperScript,
    'composure-reaper',
    String(Math.ceil(options.graceMs / 100)),
    options.mode,
  ]
  for (const attempt of attempts(targets)) {
    const left = await runReaper(first.containerId, attempt, [...script, ...marks], options.graceMs)
    if (left === 'no-container') return 'gone'
    if (left === 'refused') continue
    if (left === 0) return 'gone'
    return options.mode === 'spare' ? 'spared' : 'left'
  }
  if (await reapFromHost(targets)) return 'gone'
  log.warn('processes of a shell may be left in a container', { containerId: first.containerId })
  return 'left'
}

async function untilBegun(targets: readonly ReapTarget[]): Promise<void> {
  const untilMs = performance.now() + beginningMs
  while (performance.now() < untilMs) {
    const states = await Promise.all(targets.map(stateOf))
    if (states.every((state) => state === null || state.hostPid > 0 || state.exitCode !== null)) return
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}

/** Whether the Engine has noted the end of each; false for a process that hid its mark, or came too late to be found. */
async function areOver(targets: readonly ReapTarget[]): Promise<boolean> {
  for (let look = 1; ; look += 1) {
    const states = await Promise.all(targets.map(stateOf))
    if (states.every((state) => state === null || !state.isRunning)) return true
    if (look === endLooks) return false
    await new Promise((resolve) => setTimeout(resolve, lookMs))
  }
}

/** Null when the Engine has forgotten it with its container, or does not answer. */
function stateOf(target: ReapTarget): Promise<ExecState | null> {
  return inspectExec(target.execId).catch(() => null)
}

interface Attempt {
  shell: string[]
  user: string
  isPrivileged: boolean
}

/** A root of all capabilities sees every process; where that is forbidden, the shell's own user sees its own. */
function attempts(targets: readonly ReapTarget[]): Attempt[] {
  const own = targets.filter((target) => isShell(target.command)).map((target) => target.command)
  const shells = [['/bin/sh'], ...own]
  const users = [...new Set(targets.map((target) => target.user))]
  return shells.flatMap((shell) => [
    { shell, user: '0:0', isPrivileged: true },
    ...users.map((user) => ({ shell, user, isPrivileged: false })),
  ])
}

function isShell(command: readonly string[]): boolean {
  return /(^|\/)\w*sh$/.test(command.at(-1) ?? '') && command.length <= 2
}

async function runReaper(
  containerId: string,
  attempt: Attempt,
  script: readonly string[],
  graceMs: number,
): Promise<number | 'refused' | 'no-container'> {
  try {
    const { output } = await runExec(
      containerId,
      { command: [...attempt.shell, ...script], user: attempt.user, isPrivileged: attempt.isPrivileged },
      { timeoutMs: graceMs + 10_000 },
    )
    const answer = /^(\d+) (\d+)\s*$/m.exec(output)
    return answer ? Number(answer[2]) : 'refused'
  } catch (error) {
    const code = errorCode(error)
    if (code === 'container_not_found' || code === 'not_running') return 'no-container'
    log.debug('a reaper was refused', { containerId, error: String(error) })
    return 'refused'
  }
}

/** Where the dashboard runs on the Engine's own host, a container without any shell can be tidied from outside. */
async function reapFromHost(targets: readonly ReapTarget[]): Promise<boolean> {
  const marks = targets.map((target) => `${markName}=${target.sessionId}`)
  for (const target of targets) {
    const state = await inspectExec(target.execId).catch(() => null)
    if (state && !state.isRunning) continue
    const isOurs = state && (await carriesMark(state.hostPid, marks))
    if (!isOurs) return false
  }
  for (let round = 0; round < 5; round += 1) {
    const pids = await markedPids(marks)
    if (pids.length === 0) return true
    for (const pid of pids) signal(pid, round === 0 ? 'SIGHUP' : 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return (await markedPids(marks)).length === 0
}

async function markedPids(marks: readonly string[]): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const pids = names.map(Number).filter((pid) => Number.isInteger(pid) && pid !== process.pid)
  const isMarked = await Promise.all(pids.map((pid) => carriesMark(pid, marks)))
  return pids.filter((_, index) => isMarked[index])
}

async function carriesMark(pid: number, marks: readonly string[]): Promise<boolean> {
  const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
  return environment.split('\0').some((entry) => marks.includes(entry))
}

function signal(pid: number, name: 'SIGHUP' | 'SIGKILL'): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended by itself.
  }
}

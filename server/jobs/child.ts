import 'server-only'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Readable } from 'node:stream'

/** Between SIGINT and SIGKILL: a cancelled group is gone within 2 s. */
const graceMs = 1_500

export interface ChildOptions {
  /** The program's absolute path, then its arguments; there is never a shell. */
  argv: readonly [string, ...string[]]
  cwd: string
  /** All of its environment: nothing of ours is passed on. */
  env: Readonly<Record<string, string>>
  /** Aborting it ends the whole process group: SIGINT, then SIGKILL. */
  signal: AbortSignal
  deadlineMs: number
  onSpawn?: (processId: number) => void
  /** Called for each line without its end; awaited, so that a slow reader slows the program. */
  onLine: (text: string, stream: 'stdout' | 'stderr') => void | Promise<void>
}

export interface ChildEnd {
  /** Null when a signal ended it. */
  exitCode: number | null
  isOverdue: boolean
}

/** Runs a program in a process group of its own until it and its output have ended. Rejects when it cannot be started. */
export async function runChild(options: ChildOptions): Promise<ChildEnd> {
  const { argv, cwd, env, signal, deadlineMs } = options
  signal.throwIfAborted()
  const [program, ...rest] = argv
  const child = spawn(program, rest, {
    cwd,
    env: { ...env } as unknown as NodeJS.ProcessEnv,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code))
  })
  if (child.pid !== undefined) options.onSpawn?.(child.pid)
  let isOverdue = false
  const end = endGroupOnce(child)
  const deadline = setTimeout(() => {
    isOverdue = true
    end()
  }, deadlineMs)
  signal.addEventListener('abort', end, { once: true })
  try {
    const [exitCode] = await Promise.all([
      exited.finally(() => releaseOutput(child)),
      readLines(child.stdout, (text) => options.onLine(text, 'stdout')),
      readLines(child.stderr, (text) => options.onLine(text, 'stderr')),
    ])
    return { exitCode, isOverdue }
  } finally {
    clearTimeout(deadline)
    signal.removeEventListener('abort', end)
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>

function endGroupOnce(child: Child): () => void {
  let isEnding = false
  return () => {
    if (isEnding || child.pid === undefined) return
    isEnding = true
    killGroup(child.pid, 'SIGINT')
    setTimeout(() => child.pid !== undefined && killGroup(child.pid, 'SIGKILL'), graceMs).unref()
  }
}

/** What the program left running in its group, or outside it, would hold its output open for ever. */
function releaseOutput(child: Child): void {
  if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL')
  setTimeout(() => {
    child.stdout.destroy()
    child.stderr.destroy()
  }, 1_000).unref()
}

/** Sends a signal to every process of a group; none left is no error. */
export function killGroup(leaderId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leaderId, signal)
  } catch {
    // ESRCH: all of them have ended.
  }
}

async function readLines(stream: Readable, onLine: (text: string) => void | Promise<void>): Promise<void> {
  stream.setEncoding('utf8')
  let rest = ''
  for await (const chunk of stream) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) await onLine(lastState(line))
    if (rest.length > 1 << 20) {
      await onLine(rest)
      rest = ''
    }
  }
  if (rest !== '') await onLine(lastState(rest))
}

/** A line that rewrote itself with carriage returns, as a terminal would show it at last. */
export function lastState(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  return text.slice(text.lastIndexOf('\r') + 1)
}

/** Names a process beyond its id, which is used again: `pid:start time`. Empty where the system does not tell. */
export function processMark(processId: number): string {
  try {
    const stat = readFileSync(`/proc/${processId}/stat`, 'utf8')
    // The command in parentheses may hold anything; the start time is the 20th word after it.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return started ? `${processId}:${started}` : ''
  } catch {
    return ''
  }
}

/** Ends the group of a process that `processMark` named, if it still is that process. */
export function endLeftover(mark: string): void {
  const processId = Number(mark.split(':')[0])
  if (mark !== '' && processId > 1 && processMark(processId) === mark) killGroup(processId, 'SIGKILL')
}

import 'server-only'
import type { Duplex } from 'node:stream'
import type { ExecEndReason } from '#lib/docker/exec'
import { errorCode } from '#lib/api/errors'
import { inspectExec, inspectForExec, resizeExec } from '#server/engine/containers/exec'
import { reap, type ReapResult, type ReapTarget } from './reaper.ts'

/** 128 + SIGKILL. */
const killedCode = 137
const killedLooks = 10

/** What a terminal is joined to: a process of ours in the container, or the container's main process. `stream` is its raw terminal. */
export interface Program {
  stream: Duplex
  /** Throws when the Engine refuses. */
  resize: (cols: number, rows: number) => Promise<void>
  /** Why the stream ended by itself. Never throws. */
  whyItEnded: () => Promise<ExecEndReason>
  /** Null when the Engine cannot say, or while it runs. */
  exitCode: () => Promise<number | null>
  /** Ends what was started for this terminal: nothing for a main process, which the terminal only joined. */
  end: (mode: 'kill' | 'spare', graceMs: number) => Promise<ReapResult>
  /** The processes to look for after a crash; null where none is the terminal's own. */
  reapTarget: ReapTarget | null
  /** Lets go of what was held for it. */
  release: () => void
}

/** A process that was started in the container for one terminal. */
export function execProgram(stream: Duplex, reapTarget: ReapTarget): Program {
  const { containerId, execId } = reapTarget
  const exitCode = (): Promise<number | null> => exitCodeOf(execId)
  return {
    stream,
    reapTarget,
    exitCode,
    resize: (cols, rows) => resizeExec(execId, cols, rows),
    whyItEnded: () => whyExecEnded(containerId, exitCode),
    end: (mode, graceMs) => reap([reapTarget], { mode, graceMs }),
    release: () => {},
  }
}

/** The end of a container reaches its shells before the Engine says it: one that was killed is looked at again. */
async function whyExecEnded(
  containerId: string,
  exitCode: () => Promise<number | null>,
): Promise<ExecEndReason> {
  for (let looks = 1; ; looks += 1) {
    const reason = await reasonNow(containerId)
    if (reason !== 'exited' || looks === killedLooks) return reason
    const code = await exitCode()
    if (code !== null && code !== killedCode) return reason
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

async function reasonNow(containerId: string): Promise<ExecEndReason> {
  try {
    const { state } = await inspectForExec(containerId)
    return state === 'running' || state === 'paused' ? 'exited' : 'container_stopped'
  } catch (error) {
    return errorCode(error) === 'container_not_found' ? 'container_removed' : 'engine_gone'
  }
}

/** The Engine notes the exit a moment after the stream has ended. */
async function exitCodeOf(execId: string): Promise<number | null> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const state = await inspectExec(execId).catch(() => null)
    if (!state) return null
    if (!state.isRunning) return state.exitCode
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return null
}

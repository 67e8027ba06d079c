import 'server-only'
import type { Duplex } from 'node:stream'
import { callEngine, streamClient } from '../client/client.ts'
import { engineStatusCode, toEngineError } from '../client/errors.ts'
import { decodeOutput } from './exec-output.ts'

/** What to run in a container. `environment` is added to the container's own. */
export interface ExecOptions {
  command: readonly string[]
  user?: string
  workingDir?: string
  environment?: readonly string[]
  /** All capabilities: a root of the default ones cannot read the processes of another user. */
  isPrivileged?: boolean
  isTty?: boolean
  size?: { cols: number; rows: number }
}

/** `GET /exec/{id}/json`. */
export interface ExecState {
  isRunning: boolean
  exitCode: number | null
  /** As the Engine's host counts; 0 when it never started. */
  hostPid: number
}

/**
 * `POST /containers/{id}/exec`: prepares a process and answers its id. Throws `container_not_found`, `not_running`,
 * `conflict` (paused), `bad_request` (no such user).
 */
export async function createExec(containerId: string, options: ExecOptions): Promise<string> {
  const { size } = options
  const exec = await callEngine(
    (docker) =>
      docker.getContainer(containerId).exec({
        Cmd: [...options.command],
        AttachStdin: options.isTty ?? false,
        AttachStdout: true,
        AttachStderr: true,
        Tty: options.isTty ?? false,
        Privileged: options.isPrivileged ?? false,
        ...(options.user ? { User: options.user } : {}),
        ...(options.workingDir ? { WorkingDir: options.workingDir } : {}),
        ...(options.environment ? { Env: [...options.environment] } : {}),
        // API 1.42: the terminal has its size before the process starts.
        ...(size ? { ConsoleSize: [size.rows, size.cols] } : {}),
      }),
    { noun: 'container' },
  )
  return exec.id
}

/** `POST /exec/{id}/start`: the raw socket to the process; pause it and the process waits. The Engine's refusals come as text on it. */
export async function startExec(
  execId: string,
  options: { isTty: boolean; size?: { cols: number; rows: number } },
): Promise<Duplex> {
  try {
    return await streamClient()
      .getExec(execId)
      .start({
        hijack: true,
        stdin: true,
        Tty: options.isTty,
        ...(options.size ? { ConsoleSize: [options.size.rows, options.size.cols] } : {}),
      } as Parameters<ReturnType<ReturnType<typeof streamClient>['getExec']>['start']>[0])
  } catch (error) {
    throw toEngineError(error, 'exec')
  }
}

/** `POST /exec/{id}/resize`. A process that has just ended is not an error. */
export async function resizeExec(execId: string, cols: number, rows: number): Promise<void> {
  try {
    await callEngine((docker) => docker.getExec(execId).resize({ w: cols, h: rows }), { noun: 'exec' })
  } catch (error) {
    const status = engineStatusCode(error instanceof Error ? error.cause : error)
    if (status === null) throw error
  }
}

/** `GET /exec/{id}/json`; throws `exec_not_found` once its container is gone. */
export async function inspectExec(execId: string): Promise<ExecState> {
  const raw = await callEngine((docker) => docker.getExec(execId).inspect(), { noun: 'exec' })
  return { isRunning: raw.Running, exitCode: raw.ExitCode ?? null, hostPid: raw.Pid ?? 0 }
}

/**
 * Runs a command to its end without a terminal; its output (both streams, at most `maxBytes`) and exit code.
 * 126 and 127 mean it could not be started. Throws `engine_timeout` after `timeoutMs`.
 */
export async function runExec(
  containerId: string,
  options: ExecOptions,
  limits: { timeoutMs: number; maxBytes?: number },
): Promise<{ output: string; exitCode: number | null }> {
  const execId = await createExec(containerId, options)
  const stream = await startExec(execId, { isTty: false })
  const output = await decodeOutput(stream, limits.timeoutMs, limits.maxBytes ?? 65_536)
  const { exitCode } = await inspectExec(execId)
  return { output, exitCode }
}

/** What a shell needs to know of its container: `GET /containers/{id}/json`. Throws `container_not_found`. */
export async function inspectForExec(containerId: string): Promise<{
  id: string
  name: string
  state: string
  environment: string[]
  /** Its main process has a terminal that can be typed into: `docker run -it`. */
  hasTerminal: boolean
  /** Of the main process: entrypoint and command. */
  command: string[]
  startedAtMs: number
}> {
  const raw = await callEngine((docker) => docker.getContainer(containerId).inspect(), { noun: 'container' })
  return {
    id: raw.Id,
    name: raw.Name.replace(/^\//, ''),
    state: raw.State.Status,
    environment: raw.Config.Env ?? [],
    hasTerminal: raw.Config.Tty && raw.Config.OpenStdin,
    command: [raw.Path, ...raw.Args],
    startedAtMs: Date.parse(raw.State.StartedAt) || 0,
  }
}

import 'server-only'
import { type ComposeTarget, targetArguments } from '#lib/compose/arguments'
import { ComposeProgress } from '#lib/compose/progress'
import { CodedError } from '#lib/api/errors'
import { type ChildEnd, runChild } from '#server/jobs/child'
import type { JobSink } from '#server/jobs/sink'
import { findCompose } from './binary.ts'
import { BuildLog } from './build-log.ts'
import { withCredentials } from './client-config.ts'
import { composeEnvironment } from './environment.ts'

const askDeadlineMs = 20_000
const maxAnswerBytes = 16 * 1024 * 1024
const workDeadlineMs = 6 * 3_600_000

export interface ComposeAnswer {
  stdout: string
  /** Progress and errors, line by line. */
  stderr: string[]
  exitCode: number | null
}

/**
 * Asks Compose something short (`config`, a dry run) and collects the answer. Throws `compose_missing`, `compose_invalid` when it
 * takes longer than 20 s. The caller judges the exit code.
 */
export async function askCompose(
  target: ComposeTarget,
  args: readonly string[],
  options: { profiles?: readonly string[]; signal?: AbortSignal; isSignedIn?: boolean } = {},
): Promise<ComposeAnswer> {
  const answer: { stdout: string[]; stderr: string[]; bytes: number } = { stdout: [], stderr: [], bytes: 0 }
  const { exitCode, isOverdue } = await spawnCompose(
    target,
    ['--progress', 'json', '--ansi', 'never'],
    args,
    {
      profiles: options.profiles ?? [],
      isSignedIn: options.isSignedIn ?? false,
      signal: options.signal ?? new AbortController().signal,
      deadlineMs: askDeadlineMs,
      onLine: (text, stream) => {
        answer.bytes += text.length
        if (answer.bytes <= maxAnswerBytes) answer[stream].push(text)
      },
    },
  )
  if (isOverdue || answer.bytes > maxAnswerBytes)
    throw new CodedError(
      'compose_invalid',
      `Compose did not come to an end with the files of ${target.project}.`,
      {
        hint: `Try docker compose config in ${target.workingDir}.`,
      },
    )
  return { stdout: answer.stdout.join('\n'), stderr: answer.stderr, exitCode }
}

/** Runs Compose as the work of a job, signed in to the kept registries: its progress as steps, its other output as lines. */
export async function workCompose(
  target: ComposeTarget,
  args: readonly string[],
  options: { profiles: readonly string[]; services: readonly string[]; sink: JobSink; signal: AbortSignal },
): Promise<ChildEnd & { errors: string[]; warnings: string[] }> {
  const { sink } = options
  const progress = new ComposeProgress(options.services)
  const buildLog = new BuildLog(sink)
  const errors: string[] = []
  const warnings: string[] = []
  const end = await spawnCompose(target, ['--progress', 'json', '--ansi', 'never'], args, {
    profiles: options.profiles,
    signal: options.signal,
    deadlineMs: workDeadlineMs,
    isSignedIn: true,
    onSpawn: sink.process,
    onLine: async (text, stream) => {
      for (const said of progress.read(text)) {
        if (said.kind === 'log') buildLog.add(said.stepId, said.stream, said.base64)
        else if (said.kind === 'line') {
          if (said.isError) errors.push(said.text)
          if (said.text.startsWith('warning: ')) warnings.push(said.text)
          sink.line(said.text, said.isError ? 'stderr' : stream)
        } else {
          if (said.step.endedAtMs !== undefined) buildLog.end(said.step.id)
          sink.step(said.step)
        }
      }
      await sink.drained()
    },
  })
  buildLog.endAll()
  return { ...end, errors, warnings }
}

interface SpawnOptions {
  profiles: readonly string[]
  signal: AbortSignal
  deadlineMs: number
  /** Gives it the credentials of the kept registries for as long as it runs. */
  isSignedIn?: boolean
  onSpawn?: (processId: number) => void
  onLine: (text: string, stream: 'stdout' | 'stderr') => void | Promise<void>
}

async function spawnCompose(
  target: ComposeTarget,
  style: readonly string[],
  args: readonly string[],
  { profiles, isSignedIn = false, ...options }: SpawnOptions,
): Promise<ChildEnd> {
  const { path } = await findCompose()
  const env = composeEnvironment(target)
  const run = (config: string): Promise<ChildEnd> =>
    runChild({
      ...options,
      argv: [path, ...style, ...targetArguments(target, profiles), ...args],
      cwd: target.workingDir,
      env: { ...env, DOCKER_CONFIG: config },
    })
  return isSignedIn ? withCredentials(env.DOCKER_CONFIG ?? '', run) : run(env.DOCKER_CONFIG ?? '')
}

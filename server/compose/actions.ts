import 'server-only'
import { randomBytes } from 'node:crypto'
import { type BuildRecord, buildWords } from '#lib/builds/build-record'
import { actionArguments, composeCommand, type ComposeTarget, finishDown } from '#lib/compose/arguments'
import { failureWords, successWords } from '#lib/compose/outcome'
import type { ComposeAction } from '#lib/compose/request'
import { emptyWords } from '#lib/compose/variables/missing'
import type { Job } from '#lib/jobs/job'
import { requireWritable } from '#server/auth/read-only'
import { recordBuilds } from '#server/builds/history'
import { callEngine } from '#server/engine/client/client'
import { programOnPort } from '#server/engine/containers/port-program'
import { type JobOutcome, startJob } from '#server/jobs/jobs'
import type { JobSink } from '#server/jobs/sink'
import { rememberSteps } from '#server/jobs/step-memory'
import { workCompose } from '#server/compose/cli/run'
import { operableTarget } from '#server/compose/files/target'
import { readModel } from '#server/compose/cli/model'
import { rememberPlace } from '#server/compose/files/places'
import { holderOf } from '#server/compose/preview/preflight'
import { ownService, requireNotOwnProject } from './own-project.ts'

const maxToldBuilds = 3

/** Starts an action as a job, after everything that can be refused before has been. `ended` resolves with the ended job. */
export async function startCompose(
  project: string,
  action: ComposeAction,
  who: string,
): Promise<{ job: Job; ended: Promise<Job> }> {
  requireWritable()
  const target = await operableTarget(project)
  await requireNotOwnProject(target, action)
  rememberPlace(target, who)
  return startJob({
    kind: `compose.${action.verb}`,
    project,
    title: titleOf(project, action),
    command: composeCommand(target, action),
    who,
    ...lastWordsOf(project, action),
    run: (sink, signal, jobId) => run({ jobId, target, action, sink, signal }),
  })
}

function titleOf(project: string, action: ComposeAction): string {
  const services = action.verb === 'run' ? [action.service] : 'services' in action ? action.services : []
  const verb = `${action.verb[0]?.toUpperCase()}${action.verb.slice(1)}`
  if (services.length === 0) return `${verb} ${project}`
  return services.length <= 3
    ? `${verb} ${services.join(', ')} of ${project}`
    : `${verb} ${services.length} services of ${project}`
}

/** Taking itself down, Composure cannot remove its own container, nor the network that one is in. */
function lastWordsOf(project: string, action: ComposeAction): { lastWords?: string } {
  if (action.verb !== 'down' || ownService(project) === null) return {}
  return {
    lastWords: `it took Composure down with it; to remove what is left of it: ${finishDown(project).join(' ')}`,
  }
}

interface Work {
  jobId: string
  target: ComposeTarget
  action: ComposeAction
  sink: JobSink
  signal: AbortSignal
}

async function run({ jobId, target, action, sink, signal }: Work): Promise<JobOutcome> {
  const profiles = 'profiles' in action ? action.profiles : []
  const model = await readModel(target, { profiles: ['*'], signal })
  const oneOff = action.verb === 'run' ? oneOffName(target.project, action.service) : null
  const memory = rememberSteps(sink)
  try {
    const { exitCode, errors, warnings, isOverdue } = await workCompose(target, argumentsOf(action, oneOff), {
      profiles,
      services: Object.keys(model.services),
      sink: memory.sink,
      signal,
    })
    if (isOverdue) return { isFailed: true, exitCode, result: 'it took longer than 6 hours and was ended' }
    const builds = await recordBuilds({
      id: jobId,
      project: target.project,
      steps: memory.last(),
      isCancelled: signal.aborted,
      imageOf: (service) => model.services[service]?.image ?? `${model.name}-${service}`,
    })
    return exitCode === 0
      ? { isFailed: false, exitCode, result: doneWords(successWords(action, memory.all()), builds, warnings) }
      : { isFailed: true, exitCode, result: await withHolder(failureWords(memory.all(), errors, exitCode)) }
  } finally {
    // A cancelled `run` leaves its container behind: Compose has no time to take it away.
    if (oneOff !== null && signal.aborted) await removeContainer(oneOff)
  }
}

/** Says how the builds went, while they are few enough for a line, and which variables were missing. */
function doneWords(words: string, builds: readonly BuildRecord[], warnings: readonly string[]): string {
  const told = (builds.length > maxToldBuilds ? [] : builds).map(
    (build) => `${builds.length === 1 ? '' : `${build.service} `}${buildWords(build)}`,
  )
  return [words, ...told, emptyWords(warnings)].filter(Boolean).join('; ')
}

/** Names the container or the program that holds a port, while it still does. */
async function withHolder(words: string): Promise<string> {
  const port = Number(/^port (\d+) is taken already$/.exec(words)?.[1] ?? 0)
  if (port === 0) return words
  const holder = holderOf(port)?.name ?? (await programOnPort(port))
  return holder === null ? words : `${words}, by ${holder}`
}

function argumentsOf(action: ComposeAction, oneOff: string | null): string[] {
  const [verb = '', ...rest] = actionArguments(action)
  return oneOff === null ? [verb, ...rest] : [verb, '--name', oneOff, ...rest]
}

const oneOffName = (project: string, service: string): string =>
  `${project}-${service}-run-${randomBytes(6).toString('hex')}`

async function removeContainer(name: string): Promise<void> {
  try {
    await callEngine((docker) => docker.getContainer(name).remove({ force: true, v: true }))
  } catch {
    // It never came to be, or went by itself.
  }
}

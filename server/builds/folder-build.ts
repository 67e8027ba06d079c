import 'server-only'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildWords } from '#lib/builds/build-record'
import { folderBuildCommand } from '#lib/builds/folder-build'
import type { FolderBuildRequest } from '#lib/builds/folder-build-request'
import type { ComposeTarget } from '#lib/compose/arguments'
import { failureWords } from '#lib/compose/outcome'
import { buildStepId } from '#lib/compose/progress'
import type { Job } from '#lib/jobs/job'
import type { JobStep } from '#lib/jobs/job-event'
import { requireWritable } from '#server/auth/read-only'
import { findCompose } from '#server/compose/cli/binary'
import { workCompose } from '#server/compose/cli/run'
import { firstSnapshot } from '#server/engine/model/live-model'
import { currentEnv } from '#server/env'
import { type JobOutcome, startJob } from '#server/jobs/jobs'
import type { JobSink } from '#server/jobs/sink'
import { rememberSteps } from '#server/jobs/step-memory'
import { processWide } from '#server/process-wide'
import { recordBuilds } from './history.ts'
import { requireDockerfile } from './build-folder.ts'
import { requireKey, requireSecretFile, withoutSecrets } from './secret-files.ts'

/** What the one service of the generated file is called. */
const service = 'image'

/**
 * Builds a folder that belongs to no project, as a job. Throws what can be refused before: `files_unreadable`, `compose_missing`.
 * The builder is Compose's, which is the one we ship: it is given a file with one service, beside our data and never in the folder.
 */
export async function startFolderBuild(
  request: FolderBuildRequest,
  who: string,
): Promise<{ job: Job; ended: Promise<Job> }> {
  requireWritable()
  await firstSnapshot()
  await requireDockerfile(request.folder, request.dockerfile)
  for (const { file } of request.secrets) await requireSecretFile(file)
  for (const { file } of request.sshKeys) await requireKey(file)
  await findCompose()
  return startJob({
    kind: 'image.build',
    title: `Build ${request.name}`,
    command: folderBuildCommand(request),
    who,
    lane: `image ${request.name}`,
    run: (sink, signal, jobId) =>
      withBuildFile(request, (target) => build({ request, target, sink, signal, jobId })),
  })
}

interface Work {
  request: FolderBuildRequest
  target: ComposeTarget
  sink: JobSink
  signal: AbortSignal
  jobId: string
}

async function build({ request, target, sink, signal, jobId }: Work): Promise<JobOutcome> {
  const { name, isUncached, isPulled } = request
  const memory = rememberSteps(await withoutSecrets(sink, request.secrets), (step) => renamed(step, name))
  const args = ['build', ...(isUncached ? ['--no-cache'] : []), ...(isPulled ? ['--pull'] : [])]
  const { exitCode, errors, isOverdue } = await workCompose(target, args, {
    profiles: [],
    services: [service],
    sink: memory.sink,
    signal,
  })
  if (isOverdue) return { isFailed: true, exitCode, result: 'it took longer than 6 hours and was ended' }
  const builds = await recordBuilds({
    id: jobId,
    project: '',
    steps: memory.last(),
    isCancelled: signal.aborted,
    imageOf: () => name,
  })
  return exitCode === 0
    ? { isFailed: false, exitCode, result: ['built', ...builds.map(buildWords)].join('; ') }
    : { isFailed: true, exitCode, result: failureWords(memory.all(), errors, exitCode) }
}

/** People know the image by its name; the generated service is nobody's. */
function renamed(step: JobStep, name: string): JobStep {
  if (step.parentId === buildStepId(service)) return { ...step, parentId: buildStepId(name) }
  return step.id === service ? { ...step, id: name, label: name } : step
}

/** Runs `work` with a Compose file of one service, readable by this user only and gone afterwards: arguments may be secret. */
async function withBuildFile<Result>(
  request: FolderBuildRequest,
  work: (target: ComposeTarget) => Promise<Result>,
): Promise<Result> {
  const parent = buildFiles()
  const folder = mkdtempSync(join(parent, 'build-'))
  try {
    const file = join(folder, 'compose.json')
    writeFileSync(file, JSON.stringify(buildFile(request)), { mode: 0o600 })
    return await work({ project: 'composure-build', workingDir: folder, configFiles: [file], envFiles: [] })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Where the files are; what a former process could not take away, because it was killed, goes first. */
function buildFiles(): string {
  return processWide('builds.files', () => {
    const parent = join(currentEnv().dataDir, 'compose', 'builds')
    rmSync(parent, { recursive: true, force: true })
    mkdirSync(parent, { recursive: true, mode: 0o700 })
    return parent
  })
}

function buildFile({
  folder,
  dockerfile,
  name,
  target,
  args,
  platform,
  ...mounted
}: FolderBuildRequest): object {
  const { secrets, sshKeys } = mounted
  const build = {
    context: literal(folder),
    dockerfile: literal(dockerfile),
    ...(target === '' ? {} : { target }),
    args: Object.fromEntries(args.map((arg) => [arg.name, literal(arg.value)])),
    secrets: secrets.map(({ id }) => id),
    ssh: Object.fromEntries(sshKeys.map(({ id, file }) => [id, literal(file)])),
  }
  return {
    services: { [service]: { image: name, ...(platform === '' ? {} : { platform }), build } },
    secrets: Object.fromEntries(secrets.map(({ id, file }) => [id, { file: literal(file) }])),
  }
}

/** Compose would put variables in place of `$NAME`. */
const literal = (text: string): string => text.replaceAll('$', '$$$$')

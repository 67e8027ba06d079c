import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { upRequest, downRequest, buildRequest, runRequest, pullRequest } from '#lib/compose/request'
import { isEnded, type Job } from '#lib/jobs/job'
import type { JobEvent, JobStep } from '#lib/jobs/job-event'
import { startCompose } from '#server/compose/actions'
import { findPlace } from '#server/compose/files/places'
import { stopLiveModel } from '#server/engine/model/live-model'
import { followJob } from '#server/jobs/follow'
import { cancelJob, getJob } from '#server/jobs/jobs'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { freePort } from '../browser/server-process.ts'

// Composure's own settings, which no compose file may see. They are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `/tmp/composure-compose-${process.pid}`
  process.env.DATABASE_URL = 'postgresql://ours'
  return process.env.COMPOSURE_DATA_DIR
})
const never = new AbortController().signal
const anyone = { projects: null }
const stacks: Stack[] = []

function stack(files: Record<string, string>): Stack {
  const made = makeStack(files)
  stacks.push(made)
  return made
}

/** Known to Composure by the labels of a first container, as if somebody had run `docker compose up` in a terminal. */
function knownStack(files: Record<string, string>): Stack {
  const made = stack(files)
  made.compose('-f', 'compose.yaml', 'create', '--no-build', 'first')
  return made
}

const first =
  '  first: { image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 1s }\n'

afterEach(() => {
  for (const made of stacks.splice(0)) made.remove()
})
afterAll(async () => {
  await stopLiveModel()
  execFileSync('rm', ['-rf', dataDir])
})

async function follow(id: string): Promise<{ job: Job; events: JobEvent[] }> {
  const events: JobEvent[] = []
  for await (const message of followJob({ id, after: 0 }, { signal: never, session: anyone }))
    events.push(...message.events)
  return { job: getJob(id), events }
}

const linesOf = (events: JobEvent[]): string[] =>
  events.flatMap((event) => (event.kind === 'line' ? [event.text] : []))
const stepsOf = (events: JobEvent[]): JobStep[] => [
  ...new Map(
    events.flatMap((event) => (event.kind === 'step' ? [[event.step.id, event.step]] : [])),
  ).values(),
]

async function work(
  made: Stack,
  action: Parameters<typeof startCompose>[1],
): Promise<{ job: Job; events: JobEvent[] }> {
  await vi.waitFor(() => findPlace(made.project), 5_000)
  const { job } = await startCompose(made.project, action, 'ann')
  return follow(job.id)
}

const up = (more: object = {}) => ({ verb: 'up' as const, ...upRequest.parse(more) })
const down = (more: object = {}) => ({ verb: 'down' as const, ...downRequest.parse(more) })
const labels = (container: string): Record<string, string> =>
  JSON.parse(
    execFileSync('docker', ['inspect', '-f', '{{json .Config.Labels}}', container], { encoding: 'utf8' }),
  ) as Record<string, string>

test('up builds, creates and starts, seen step by step, as the same project a terminal would make', async () => {
  // Another text each time, or the step would be cached and print nothing.
  const once = randomBytes(4).toString('hex')
  const made = knownStack({
    'compose.yaml': `services:\n${first}  app:\n    build: .\n    environment: { URL: "\${DATABASE_URL:-none}", SAID: "\${SAID}" }\n    volumes: ["./data:/data"]\n    init: true\n`,
    '.env': 'SAID=hello\n',
    Dockerfile: `FROM busybox:latest\nRUN printf '\\033[31mred\\033[0m\\nplain\\n'; : ${once}\nCMD ["sh", "-c", "echo $URL $SAID; sleep 600"]\n`,
    'data/here': 'x',
  })
  const { job, events } = await work(made, up({ isBuilt: true, isWaiting: true }))
  expect(job).toMatchObject({
    state: 'done',
    exitCode: 0,
    who: 'ann',
    project: made.project,
    kind: 'compose.up',
  })
  expect(job.result).toMatch(/1 image built, 1 container created/)
  expect(job.command).toEqual([
    'docker',
    'compose',
    '-p',
    made.project,
    '-f',
    made.file,
    'up',
    '-d',
    '--build',
    '--wait',
  ])
  const build = stepsOf(events).filter(({ parentId }) => parentId === 'build app')
  expect(build.map(({ label }) => label)).toContain(
    `[2/2] RUN printf '\\033[31mred\\033[0m\\nplain\\n'; : ${once}`,
  )
  const printed = events.flatMap((event) => (event.kind === 'line' && event.stepId ? [event.text] : []))
  expect(printed).toEqual(['\u001B[31mred\u001B[0m', 'plain'])
  expect(labels(`${made.project}-app-1`)).toMatchObject({
    'com.docker.compose.project.working_dir': made.folder,
    'com.docker.compose.project.config_files': made.file,
  })
  expect(made.compose('logs', '--no-log-prefix', 'app')).toBe('none hello\n')
  // A terminal finds nothing to do after it: the settings are the same to the letter.
  expect(made.compose('--progress', 'json', '--dry-run', 'up', '-d').includes('Recreate')).toBe(false)
})

test('a build that fails in the middle names the service, the step and its last lines', async () => {
  const made = knownStack({
    'compose.yaml': `services:\n${first}  app: { build: . }\n`,
    Dockerfile:
      'FROM busybox:latest\nRUN echo fine\nRUN echo going; echo no such thing >&2; exit 3\nRUN echo never\n',
  })
  const { job, events } = await work(made, { verb: 'build', ...buildRequest.parse({}) })
  expect(job).toMatchObject({ state: 'failed', exitCode: 1, result: 'build of app failed, exit code 3' })
  const failed = stepsOf(events).find(({ state }) => state === 'failed')
  expect(failed?.label).toContain('RUN echo going')
  const printed = events.flatMap((event) =>
    event.kind === 'line' && event.stepId === failed?.id ? [event.text] : [],
  )
  expect(new Set(printed)).toEqual(new Set(['going', 'no such thing']))
})

test('cancelling in the middle of a build ends it at once', async () => {
  const made = knownStack({
    'compose.yaml': `services:\n${first}  app: { build: . }\n`,
    Dockerfile: `FROM busybox:latest\nRUN echo ${randomBytes(4).toString('hex')} building; sleep 300\n`,
  })
  await vi.waitFor(() => findPlace(made.project), 5_000)
  const { job, ended } = await startCompose(made.project, up(), 'ann')
  let isCancelled = false
  for await (const { events } of followJob({ id: job.id, after: 0 }, { signal: never, session: anyone })) {
    if (isCancelled || !linesOf(events).some((line) => line.includes('building'))) continue
    isCancelled = true
    cancelJob(job.id, 'bob')
  }
  expect(await ended).toMatchObject({ state: 'cancelled', cancelledBy: 'bob' })
  expect(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })).not.toContain(made.project)
})

test('a port that is taken is the reason, in a few words', async () => {
  const port = await freePort()
  const made = knownStack({
    'compose.yaml': `services:\n${first}  a: { image: busybox:latest, command: [sleep, "600"], init: true, ports: ["${port}:80"] }\n  b: { image: busybox:latest, command: [sleep, "600"], init: true, ports: ["${port}:80"] }\n`,
  })
  const { job } = await work(made, up())
  expect(job.state).toBe('failed')
  // Either of the two may have been the first.
  expect(job.result).toMatch(new RegExp(`^port ${port} is taken already, by ${made.project}-[ab]-1$`))
})

test('a variable that must be set and is not fails before anything starts', async () => {
  const made = knownStack({ 'compose.yaml': `services:\n${first}` })
  made.write('compose.yaml', `services:\n${first}  app: { image: "\${NEEDED:?ask Ann for it}" }\n`)
  const { job, events } = await work(made, up())
  expect(job).toMatchObject({ state: 'failed' })
  expect(job.result).toContain('NEEDED')
  expect(job.result).toContain('ask Ann for it')
  expect(stepsOf(events)).toEqual([])
})

test('run starts one container for one command and takes it away, also when it is cancelled', async () => {
  const made = knownStack({ 'compose.yaml': `services:\n${first}` })
  const { job, events } = await work(made, {
    verb: 'run',
    ...runRequest.parse({ service: 'first', command: ['echo', '--help', `it's $HOME`] }),
  })
  expect(job.state).toBe('done')
  expect(linesOf(events)).toContain(`--help it's $HOME`)
  const long = await startCompose(
    made.project,
    { verb: 'run', ...runRequest.parse({ service: 'first', command: ['sh', '-c', 'echo on; sleep 600'] }) },
    'ann',
  )
  for await (const { events: some } of followJob(
    { id: long.job.id, after: 0 },
    { signal: never, session: anyone },
  ))
    if (linesOf(some).includes('on')) cancelJob(long.job.id, 'ann')
  expect((await long.ended).state).toBe('cancelled')
  expect(made.compose('ps', '-a', '--format', '{{.Name}}').trim()).toBe(`${made.project}-first-1`)
})

test('a second change of the project waits for the first; another project does not', async () => {
  const made = knownStack({ 'compose.yaml': `services:\n${first}` })
  await vi.waitFor(() => findPlace(made.project), 5_000)
  const one = await startCompose(made.project, up(), 'ann')
  const two = await startCompose(made.project, down(), 'ann')
  expect(isEnded(getJob(one.job.id))).toBe(false)
  expect(getJob(two.job.id)).toMatchObject({ state: 'waiting', waitsFor: one.job.id })
  expect((await one.ended).state).toBe('done')
  expect(await two.ended).toMatchObject({ state: 'done', result: '1 container removed' })
  expect(made.compose('ps', '-aq')).toBe('')
})

test('after down the project is known by its folder, and goes up again', async () => {
  const made = knownStack({ 'compose.yaml': `services:\n${first}` })
  await work(made, down())
  const { job } = await work(made, up())
  expect(job).toMatchObject({ state: 'done', result: '1 container created' })
})

test('a pull that fails says what the registry said', async () => {
  const made = knownStack({
    'compose.yaml': `services:\n${first}  app: { image: "127.0.0.1:1/no/such:1" }\n`,
  })
  const { job } = await work(made, { verb: 'pull', ...pullRequest.parse({ services: ['app'] }) })
  expect(job).toMatchObject({ state: 'failed' })
  expect(job.result).toMatch(/connection refused/)
})

test('files that Compose must not see, or cannot be read, are refused before anything starts', async () => {
  const made = knownStack({ 'compose.yaml': `services:\n${first}` })
  const refusal = async (text: string): Promise<unknown> => {
    made.write('compose.yaml', text)
    return startCompose(made.project, up(), 'ann').then(
      () => 'started',
      (error: { code?: string }) => error.code,
    )
  }
  await vi.waitFor(() => findPlace(made.project), 5_000)
  const bomb = `x-a: &a [1,2]\n${'bcdefg'
    .split('')
    .map(
      (name, index) =>
        `x-${name}: &${name} [${Array.from({ length: 20 }, () => `*${'abcdef'[index]}`).join(',')}]\n`,
    )
    .join('')}`
  expect(await refusal(`${bomb}services:\n${first}`)).toBe('compose_invalid')
  expect(await refusal(`include: ["oci://example.com/x:1"]\nservices:\n${first}`)).toBe(
    'remote_include_disabled',
  )
  expect(
    await refusal(`services: { first: { extends: { file: "https://example.com/a.yaml", service: a } } }`),
  ).toBe('remote_include_disabled')
  expect(await refusal(`services: { first: { image: busybox, volumes: ["~/x:/x"] } }`)).toBe(
    'compose_invalid',
  )
  expect(await refusal(`services: { first: { image: busybox, environment: { A: "\${HOME}" } } }`)).toBe(
    'compose_invalid',
  )
  expect(await refusal(`services:\n${first}# ${'x'.repeat(300_000)}`)).toBe('compose_invalid')
  expect(await refusal('services: [')).toBe('compose_invalid')
  execFileSync('rm', [made.file])
  await expect(startCompose(made.project, up(), 'ann')).rejects.toMatchObject({
    code: 'files_unreadable',
    message: `${made.file} is not there.`,
  })
})

import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { folderBuildRequest } from '#lib/builds/folder-build-request'
import type { Job } from '#lib/jobs/job'
import type { JobEvent } from '#lib/jobs/job-event'
import { readBuildFolder } from '#server/builds/build-folder'
import { startFolderBuild } from '#server/builds/folder-build'
import { listBuilds } from '#server/builds/history'
import { stopLiveModel } from '#server/engine/model/live-model'
import { followJob } from '#server/jobs/follow'
import { cancelJob } from '#server/jobs/jobs'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-folders-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const once = randomBytes(4).toString('hex')
const image = `composure-${once}/app:1.2`
let folder = ''

const files = {
  'web.Dockerfile': `FROM busybox:latest AS base
ARG GREETING=hello
ARG COST
RUN : ${once}; echo "$GREETING costs $COST" > /said
FROM base AS dev
RUN touch /dev-only
FROM base
COPY . /app
`,
  '.dockerignore': '*.log\n',
  'big.log': 'x'.repeat(5000),
  '.env': 'TOKEN=hunter2',
  'deeper/Dockerfile': 'FROM busybox:latest\n',
}

beforeAll(() => {
  // Compose would put a variable in the place of $HOME, and a quote ends many a string.
  folder = join(mkdtempSync(join(tmpdir(), 'composure folder ')), "it's $HOME")
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
})
afterAll(async () => {
  await stopLiveModel()
  execFileSync('docker', ['rmi', '-f', image], { stdio: 'ignore' })
  rmSync(dirname(folder), { recursive: true, force: true })
  rmSync(dataDir, { recursive: true, force: true })
})

const request = (more: object = {}) =>
  folderBuildRequest.parse({ folder, name: image, dockerfile: 'web.Dockerfile', ...more })
const build = async (more: object = {}): Promise<Job> => (await startFolderBuild(request(more), 'ann')).ended
const inImage = (...argv: string[]): string =>
  execFileSync('docker', ['run', '--rm', '--network', 'none', image, ...argv], { encoding: 'utf8' }).trim()

async function eventsOf(
  { id }: Job,
  onEvent: (event: JobEvent) => void = () => undefined,
): Promise<JobEvent[]> {
  const all: JobEvent[] = []
  const watcher = { signal: new AbortController().signal, session: { projects: null } }
  for await (const { events } of followJob({ id, after: 0 }, watcher))
    for (const event of events) {
      all.push(event)
      onEvent(event)
    }
  return all
}

test('a folder is looked at before: its file, stages and arguments, what is sent, what looks secret', async () => {
  expect(await readBuildFolder(folder, '')).toMatchObject({
    dockerfiles: ['web.Dockerfile'],
    dockerfile: 'web.Dockerfile',
    stages: ['base', 'dev'],
    args: [
      { name: 'GREETING', value: 'hello' },
      { name: 'COST', value: null },
    ],
    context: {
      ignoreFile: '.dockerignore',
      leftOut: { files: 1, bytes: 5000 },
      secrets: [{ path: '.env', what: 'variables, often with passwords' }],
    },
  })
  expect(await readBuildFolder(dirname(folder), '')).toMatchObject({
    dockerfiles: [],
    context: null,
    below: [folder],
  })
  await expect(readBuildFolder(folder, 'Dockerfile')).rejects.toMatchObject({ code: 'files_unreadable' })
  await expect(readBuildFolder(join(folder, 'gone'), '')).rejects.toMatchObject({ code: 'files_unreadable' })
})

test('it is built with stage and arguments as they are, leaves nothing beside the image, and is compared with the one before', async () => {
  const args = [
    { name: 'GREETING', value: "it's $HOME" },
    { name: 'COST', value: '$5 ${X}' },
  ]
  const { job, ended } = await startFolderBuild(request({ args, target: 'dev' }), 'ann')
  expect(job).toMatchObject({ title: `Build ${image}`, who: 'ann', project: null })
  const events = await eventsOf(job)
  expect(await ended).toMatchObject({
    state: 'done',
    result: expect.stringMatching(/^built; .* steps cached$/),
  })
  const parents = new Set(
    events.flatMap((event) => (event.kind === 'step' ? (event.step.parentId ?? []) : [])),
  )
  expect([...parents]).toEqual([`build ${image}`])
  expect(inImage('cat', '/said')).toBe("it's $HOME costs $5 ${X}")
  expect(inImage('ls', '/dev-only')).toBe('/dev-only')
  expect(await build({ args, target: 'dev' })).toMatchObject({
    result: expect.stringContaining('2 of 2 steps cached, the same image as before'),
  })
  expect(await build({ args, isUncached: true })).toMatchObject({
    result: expect.stringContaining('0 of 2 steps cached'),
  })
  expect(inImage('ls', '-A', '/app').split('\n').sort()).toEqual([
    '.dockerignore',
    '.env',
    'deeper',
    'web.Dockerfile',
  ])
  expect(readdirSync(folder).sort()).toEqual(['.dockerignore', '.env', 'big.log', 'deeper', 'web.Dockerfile'])
  expect(readdirSync(join(dataDir, 'compose', 'builds'))).toEqual([])
  expect(listBuilds('').builds.map(({ service, outcome }) => [service, outcome])).toEqual(
    Array.from({ length: 3 }, () => [image, 'done']),
  )
})

test('a secret is mounted for the step that asks, is in no layer, and no line of it is shown', async () => {
  const secret = `token=${randomBytes(12).toString('hex')}`
  const file = join(dirname(folder), 'my $secret')
  writeFileSync(file, `${secret}\n`)
  writeFileSync(
    join(folder, 'secret.Dockerfile'),
    `FROM busybox:latest\nRUN --mount=type=secret,id=npmrc : ${once}; cat /run/secrets/npmrc; wc -c < /run/secrets/npmrc > /length\n`,
  )
  expect(await readBuildFolder(folder, 'secret.Dockerfile')).toMatchObject({ secrets: ['npmrc'] })
  const { job, ended } = await startFolderBuild(
    request({ dockerfile: 'secret.Dockerfile', secrets: [{ id: 'npmrc', file }] }),
    'ann',
  )
  expect(job.command).toContain(`id=npmrc,src=${file}`)
  const events = await eventsOf(job)
  expect(await ended).toMatchObject({ state: 'done' })
  expect(inImage('cat', '/length')).toBe(String(secret.length + 1))
  expect(inImage('find', '/', '-xdev', '-name', 'npmrc')).toBe('')
  const lines = events.flatMap((event) => (event.kind === 'line' ? [event.text] : []))
  expect(lines).toContain('••••••••')
  expect(JSON.stringify(events)).not.toContain(secret.slice('token='.length))
})

test('a key is given to the step that asks for it, through an agent', async () => {
  const key = join(dirname(folder), 'key')
  const { privateKey } = generateKeyPairSync('ed25519')
  writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  writeFileSync(
    join(folder, 'ssh.Dockerfile'),
    `FROM busybox:latest\nRUN --mount=type=ssh : ${once}; test -S "$SSH_AUTH_SOCK"\n`,
  )
  const ssh = { dockerfile: 'ssh.Dockerfile', sshKeys: [{ id: 'default', file: key }] }
  expect(await build(ssh)).toMatchObject({ state: 'done' })
})

test.each([
  ['/proc/self/environ', 'belongs to Composure or to the system'],
  [`${dataDir}/composure.db`, 'belongs to Composure or to the system'],
  ['/etc', 'is not a file'],
  ['/etc/no-such-file', 'is not there'],
])('%s is no secret for a build', async (file, words) => {
  await expect(startFolderBuild(request({ secrets: [{ id: 'x', file }] }), 'ann')).rejects.toMatchObject({
    code: 'files_unreadable',
    message: expect.stringContaining(words),
  })
})

test('a failing step says so; a build that is cancelled is kept with how long it took', async () => {
  writeFileSync(join(folder, 'bad.Dockerfile'), `FROM busybox:latest\nRUN : ${once}; echo why; exit 7\n`)
  expect(await build({ dockerfile: 'bad.Dockerfile' })).toMatchObject({
    state: 'failed',
    result: `build of ${image} failed, exit code 7`,
  })
  writeFileSync(
    join(folder, 'slow.Dockerfile'),
    `FROM busybox:latest\nRUN : ${once}; echo begun; sleep 600\n`,
  )
  const { job, ended } = await startFolderBuild(request({ dockerfile: 'slow.Dockerfile' }), 'ann')
  await eventsOf(job, (event) => {
    if (event.kind === 'line' && event.text === 'begun') cancelJob(job.id, 'bob')
  })
  expect(await ended).toMatchObject({ state: 'cancelled', result: 'cancelled by bob' })
  const [last, before] = listBuilds('').builds
  expect(last).toMatchObject({ jobId: job.id, outcome: 'cancelled', sizeBytes: null })
  expect(last?.durationMs).toBeGreaterThan(0)
  expect(before).toMatchObject({ outcome: 'failed' })
  expect(readdirSync(join(dataDir, 'compose', 'builds'))).toEqual([])
})

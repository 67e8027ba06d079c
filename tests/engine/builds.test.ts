import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { buildRequest, pullRequest, upRequest } from '#lib/compose/request'
import type { Job } from '#lib/jobs/job'
import { readContext } from '#server/builds/context'
import { listBuilds } from '#server/builds/history'
import { startCompose } from '#server/compose/actions'
import { rememberPlace } from '#server/compose/files/places'
import { previewUp } from '#server/compose/preview/preview'
import { stopLiveModel } from '#server/engine/model/live-model'
import { followJob } from '#server/jobs/follow'
import { cancelJob } from '#server/jobs/jobs'
import { forgetRegistry, saveRegistry } from '#server/registries/registries'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { layerOf, type Registry, startRegistry } from '../fixtures/registry.ts'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-builds-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const secret = `CANARY-${randomBytes(6).toString('hex')}`
const once = randomBytes(4).toString('hex')
const stacks: Stack[] = []
let registry: Registry

beforeAll(async () => {
  registry = await startRegistry({
    repository: `team/private-${once}`,
    tag: '1',
    layers: [layerOf('one', 20_000)],
    wantsSignIn: true,
    credentials: `ann:${secret}`,
  })
})
afterEach(() => {
  for (const made of stacks.splice(0)) made.remove()
})
afterAll(async () => {
  await stopLiveModel()
  await registry.close()
  rmSync(dataDir, { recursive: true, force: true })
})

function stack(files: Record<string, string>): Stack {
  const made = makeStack(files)
  stacks.push(made)
  rememberPlace(
    { project: made.project, workingDir: made.folder, configFiles: [made.file], envFiles: [] },
    'ann',
  )
  return made
}

async function work(made: Stack, action: Parameters<typeof startCompose>[1]): Promise<Job> {
  const { ended } = await startCompose(made.project, action, 'ann')
  return ended
}

const image = (): string => `${registry.host}/team/private-${once}:1`
const pull = { verb: 'pull' as const, ...pullRequest.parse({}) }
const build = (more: object = {}) => ({ verb: 'build' as const, ...buildRequest.parse(more) })

/** Folders of credentials of this process. */
const left = (): string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`composure-docker-${process.pid}-`))

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
}

test('Compose pulls a private image with the kept credentials, and nothing of them stays on disk', async () => {
  const made = stack({ 'compose.yaml': `services:\n  web: { image: "${image()}" }\n` })
  expect((await work(made, pull)).state).toBe('failed')
  await saveRegistry({ host: registry.host, userName: 'ann', password: secret }, 'root')
  try {
    expect(await work(made, pull)).toMatchObject({ state: 'done' })
    expect(left()).toEqual([])
    const broken = stack({ 'compose.yaml': `services:\n  web: { image: "${image()}0" }\n` })
    expect((await work(broken, pull)).state).toBe('failed')
    expect(left()).toEqual([])
    const packed = Buffer.from(`ann:${secret}`).toString('base64')
    for (const file of [...filesBelow(dataDir), ...filesBelow(made.folder)]) {
      const bytes = readFileSync(file).toString('latin1')
      expect([file, bytes.includes(secret) || bytes.includes(packed)]).toEqual([file, false])
    }
  } finally {
    forgetRegistry(registry.host)
    execFileSync('docker', ['rmi', '-f', image()], { stdio: 'ignore' })
  }
})

test('the context is what a build gets, file for file', async () => {
  const made = stack({
    'compose.yaml': 'services:\n  app: { build: . }\n',
    Dockerfile: 'FROM busybox:latest\nCOPY . /ctx\n',
    '.dockerignore':
      '# kept out\n**/node_modules\n*.log\n!keep.log\ndocs\n!docs/**/README.md\n/build/\n**/*.tmp\na?c\n[xy]z\nFoo\nq+(1)\n',
    'a.log': '1',
    'keep.log': '22',
    'sub/a.log': '333',
    'node_modules/m/index.js': '4444',
    'web/node_modules/m/index.js': '4444',
    'web/index.js': '55555',
    'docs/a.md': '6',
    'docs/deep/README.md': '77',
    'docs/README.md': '888',
    'build/out': '9',
    'sub/build/out': '99',
    'deep/er/x.tmp': '1',
    abc: '1',
    xz: '1',
    zz: '22',
    foo: 'small',
    'q+(1)': '1',
  })
  expect((await work(made, build())).state).toBe('done')
  const listed = execFileSync(
    'docker',
    [
      'run',
      '--rm',
      `${made.project}-app`,
      'sh',
      '-c',
      'cd /ctx && find . -type f -exec stat -c "%s %n" {} +',
    ],
    { encoding: 'utf8' },
  )
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  const context = await readContext({
    context: made.folder,
    dockerfile: 'Dockerfile',
    isInline: false,
    target: '',
  })
  expect(context.largest.map(({ path }) => `./${path}`).sort()).toEqual(
    listed.map(([, path = '']) => path).sort(),
  )
  expect(context.sent).toEqual({
    files: listed.length,
    bytes: listed.reduce((sum, [size]) => sum + Number(size), 0),
  })
  expect(context).toMatchObject({ ignoreFile: '.dockerignore', isPartial: false, savings: [] })
})

test('secrets are named, needless folders weighed, and the ignore file of the build file goes first', async () => {
  const made = stack({
    'compose.yaml': 'services:\n  app: { build: . }\n',
    'web.Dockerfile': 'FROM busybox:latest\n',
    '.dockerignore': '*\n',
    'web.Dockerfile.dockerignore': '.env.local\n',
    '.env': 'A=1',
    '.env.local': 'A=1',
    '.env.example': 'A=',
    'certs/ca.pem': '-----BEGIN CERTIFICATE-----',
    'certs/own.pem': '-----BEGIN PRIVATE KEY-----',
    '.npmrc': '//npm.example/:_authToken=npm_abc',
    'web/.npmrc': '//npm.example/:_authToken=${NPM_TOKEN}',
    'node_modules/m/.env': 'x'.repeat(1000),
    'web/node_modules/m/a.js': 'x'.repeat(500),
  })
  const context = await readContext({
    context: made.folder,
    dockerfile: 'web.Dockerfile',
    isInline: false,
    target: '',
  })
  expect(context.ignoreFile).toBe('web.Dockerfile.dockerignore')
  expect(context.secrets.map(({ path }) => path)).toEqual(['.env', '.npmrc', 'certs/own.pem'])
  expect(context.savings).toEqual([{ line: '**/node_modules', files: 2, bytes: 1500 }])
  expect(context.leftOut).toEqual({ files: 1, bytes: 3 })
})

test('each build is kept with its cached steps, its image, and how it differs from the one before', async () => {
  const dockerfile = (last: string): string =>
    `FROM busybox:latest\nRUN : ${once}; echo one\nRUN ${last}\nCOPY . /app\n`
  const made = stack({
    'compose.yaml': 'services:\n  app: { build: . }\n',
    Dockerfile: dockerfile(`: ${once}; echo two`),
    '.dockerignore': 'Dockerfile\n',
  })
  const first = await work(made, build())
  expect(first.result).toMatch(/^1 image built; .*, \d of 3 steps cached$/)
  expect((await work(made, build())).result).toMatch(/3 of 3 steps cached, the same image as before$/)
  made.write('more', 'x'.repeat(2_000_000))
  expect((await work(made, build())).result).toMatch(
    /2 of 3 steps cached, 2 MB larger than the build before$/,
  )
  made.write('Dockerfile', dockerfile('exit 4'))
  expect((await work(made, build())).result).toBe('build of app failed, exit code 4')
  const { builds } = listBuilds(made.project)
  expect(builds.map(({ outcome, cached, sizeBytes }) => [outcome, cached, sizeBytes !== null])).toEqual([
    ['failed', 1, false],
    ['done', 2, true],
    ['done', 3, true],
    ['done', expect.any(Number), true],
  ])
  expect(builds[1]?.before?.imageId).toBe(builds[2]?.imageId)
})

test('a cancelled build of a service is kept as cancelled', async () => {
  const made = stack({
    'compose.yaml': 'services:\n  app: { build: . }\n',
    Dockerfile: `FROM busybox:latest\nRUN : ${once}; sleep 600\n`,
  })
  const { job, ended } = await startCompose(made.project, build(), 'ann')
  const watcher = { signal: new AbortController().signal, session: { projects: null } }
  for await (const { events } of followJob({ id: job.id, after: 0 }, watcher))
    for (const event of events)
      if (event.kind === 'step' && event.step.state === 'running' && event.step.label.includes('sleep 600'))
        cancelJob(job.id, 'bob')
  expect((await ended).state).toBe('cancelled')
  expect(listBuilds(made.project).builds).toMatchObject([
    { jobId: job.id, service: 'app', outcome: 'cancelled', steps: 1, sizeBytes: null },
  ])
})

test('a preview asks a private registry with the kept credentials', async () => {
  const made = stack({ 'compose.yaml': `services:\n  web: { image: "${image()}" }\n` })
  const preview = () => previewUp(made.project, upRequest.parse({}))
  await expect(preview()).rejects.toMatchObject({ code: 'compose_invalid' })
  await saveRegistry({ host: registry.host, userName: 'ann', password: secret }, 'root')
  try {
    expect((await preview()).images).toEqual([{ service: 'web', change: 'pull' }])
    expect(left()).toEqual([])
  } finally {
    forgetRegistry(registry.host)
  }
})

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { projectFolder } from '#lib/compose/folder'
import type { ComposeStatus } from '#lib/compose/preview'
import { downRequest, upRequest } from '#lib/compose/request'
import { addPlace, readFolder } from '#server/compose/files/folder'
import { findPlace } from '#server/compose/files/places'
import { planUp } from '#server/compose/preview/plan'
import { previewDown, previewUp } from '#server/compose/preview/preview'
import { readStatus } from '#server/compose/preview/status'
import { watchStatus } from '#server/compose/preview/watch'
import { snapshot, stopLiveModel } from '#server/engine/model/live-model'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { freePort } from '../browser/server-process.ts'

// Read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `/tmp/composure-preview-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const stacks: Stack[] = []

function stack(files: Record<string, string>): Stack {
  const made = makeStack(files)
  stacks.push(made)
  return made
}

/** Started in a terminal, and seen by the live model as it is now. */
async function started(files: Record<string, string>, ...services: string[]): Promise<Stack> {
  const made = stack(files)
  made.compose('up', '-d', ...services)
  await seen(made)
  return made
}

const seen = (made: Stack): Promise<unknown> =>
  vi.waitFor(() => {
    findPlace(made.project)
    const names = made.compose('ps', '-a', '--format', '{{.Name}}').split('\n').filter(Boolean)
    const known = snapshot().containers.map(({ name }) => name)
    expect(known).toEqual(expect.arrayContaining(names))
  }, 10_000)

afterEach(() => {
  for (const made of stacks.splice(0)) made.remove()
})
afterAll(async () => {
  await stopLiveModel()
  execFileSync('rm', ['-rf', dataDir])
})

const up = (more: object = {}) => upRequest.parse(more)
const down = (more: object = {}) => downRequest.parse(more)

const rich = {
  image: 'busybox:latest',
  command: ['sh', '-c', 'echo $$HOSTNAME; sleep 600'],
  entrypoint: ['/bin/busybox', 'env'],
  environment: { LOG_LEVEL: 'info', DB_PASSWORD: 'hunter2', URL: 'postgres://u:secret@db/x', DOLLAR: 'a$$b' },
  labels: { 'com.example.team': 'blue' },
  user: '1000:1000',
  working_dir: '/tmp',
  hostname: 'box',
  init: true,
  read_only: true,
  restart: 'on-failure:3',
  cap_drop: ['ALL'],
  cap_add: ['NET_BIND_SERVICE'],
  security_opt: ['no-new-privileges:true'],
  group_add: ['44'],
  stop_signal: 'SIGINT',
  stop_grace_period: '3s',
  mem_limit: '64m',
  cpus: 0.5,
  shm_size: '32m',
  dns: ['192.0.2.1'],
  tmpfs: ['/tmp'],
  logging: { driver: 'json-file', options: { 'max-size': '1m', 'max-file': '2' } },
  volumes: ['data:/data', './config:/config:ro'],
  networks: { inner: {}, outer: {} },
  healthcheck: { test: ['CMD', 'true'], interval: '1m30s', timeout: '5s', retries: 4, start_period: '10s' },
}
const richFile = (app: object): string =>
  `services: ${JSON.stringify({ app })}\nvolumes: { data: {} }\nnetworks: { inner: {}, outer: {} }\n`

test('a service with everything set has no differences, and each change is named alone', async () => {
  const made = await started({ 'compose.yaml': richFile(rich), 'config/here': 'x' })
  expect((await readStatus(made.project)).drift).toEqual([])
  const changes: [Partial<Record<keyof typeof rich, unknown>>, string, string | null, string | null][] = [
    [{ environment: { ...rich.environment, LOG_LEVEL: 'debug' } }, 'environment.LOG_LEVEL', 'info', 'debug'],
    [
      { environment: { ...rich.environment, DB_PASSWORD: 'other' } },
      'environment.DB_PASSWORD',
      '••••••••',
      '••••••••',
    ],
    [{ command: ['sleep', '700'] }, 'command', "sh -c 'echo $HOSTNAME; sleep 600'", 'sleep 700'],
    [{ labels: {} }, 'labels.com.example.team', 'blue', null],
    [{ restart: 'always' }, 'restart', 'on-failure:3', 'always'],
    [{ mem_limit: '128m' }, 'mem_limit', '67108864', '134217728'],
    [{ volumes: ['data:/data'] }, 'volumes./config', `${made.folder}/config, read-only`, null],
    [{ networks: { inner: {} } }, `networks.${made.project}_outer`, 'connected', null],
    [
      { healthcheck: { ...rich.healthcheck, retries: 5 } },
      'healthcheck',
      expect.stringContaining('4 retries') as never,
      expect.stringContaining('5 retries') as never,
    ],
    [{ read_only: false }, 'read_only', 'true', null],
    [{ cap_add: [] }, 'cap_add', 'NET_BIND_SERVICE', null],
    [{ stop_grace_period: '4s' }, 'stop_grace_period', '3', '4'],
  ]
  for (const [change, setting, before, after] of changes) {
    made.write('compose.yaml', richFile({ ...rich, ...change }))
    const { containers } = await previewUp(made.project, up())
    expect(containers).toEqual([
      {
        name: `${made.project}-app-1`,
        service: 'app',
        change: 'recreate',
        changes: [{ setting, before, after }],
      },
    ])
  }
})

test('what Compose does not recreate for is no drift: depends_on, replicas, profiles', async () => {
  const service = 'image: busybox:latest, command: [sleep, "600"], init: true'
  const made = await started({ 'compose.yaml': `services:\n  a: { ${service} }\n  b: { ${service} }\n` })
  made.write(
    'compose.yaml',
    `services:\n  a: { ${service}, depends_on: [b], scale: 2 }\n  b: { ${service}, profiles: [more] }\n  c: { ${service}, profiles: [other] }\n`,
  )
  const status = await readStatus(made.project)
  expect(status).toMatchObject({
    problem: null,
    drift: [],
    orphans: [],
    profiles: ['more', 'other'],
    activeProfiles: ['more'],
  })
  const { containers } = await previewUp(made.project, up({ profiles: ['more'] }))
  expect(Object.fromEntries(containers.map(({ name, change }) => [name, change]))).toEqual({
    [`${made.project}-a-1`]: 'unchanged',
    [`${made.project}-a-2`]: 'create',
    [`${made.project}-b-1`]: 'unchanged',
  })
})

test('a service in the namespace of one that is recreated says so, and only that', async () => {
  const service = 'image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s'
  const file = (level: string): string =>
    `services:\n  app: { ${service}, environment: { LEVEL: ${level} } }\n  side: { ${service}, network_mode: "service:app" }\n`
  const made = await started({ 'compose.yaml': file('info') })
  expect((await readStatus(made.project)).drift).toEqual([])
  made.write('compose.yaml', file('debug'))
  const { drift } = await readStatus(made.project)
  expect(Object.fromEntries(drift.map((each) => [each.service, each.changes]))).toEqual({
    app: [{ setting: 'environment.LEVEL', before: 'info', after: 'debug' }],
    side: [{ setting: 'network_mode', before: 'service:app', after: 'service:app' }],
  })
})

test('a network whose definition changed is made anew, and what is in it stops and starts', async () => {
  const service = 'image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s'
  const file = (subnet: string): string =>
    `services:\n  app: { ${service}, networks: [inner] }\n  other: { ${service} }\nnetworks: { inner: { ipam: { config: [{ subnet: ${subnet} }] } } }\n`
  const made = await started({ 'compose.yaml': file('198.18.77.0/29') })
  expect((await readStatus(made.project)).drift).toEqual([])
  made.write('compose.yaml', file('198.18.77.8/29'))
  const network = `${made.project}_inner`
  const changes = [{ setting: `networks.${network}`, before: 'its definition', after: 'its definition' }]
  const preview = await previewUp(made.project, up())
  expect(preview).toMatchObject({ networks: [], replacedNetworks: [network] })
  expect(preview.containers.map(({ service: name, change, changes: why }) => [name, change, why])).toEqual([
    ['app', 'restart', changes],
    ['other', 'unchanged', []],
  ])
  const { drift } = await readStatus(made.project)
  expect(drift).toEqual([{ service: 'app', containers: [`${made.project}-app-1`], changes }])
})

test('a newer image under the same name is the reason it says', async () => {
  const made = await started({
    'compose.yaml': 'services:\n  app: { build: ., init: true }\n',
    Dockerfile: 'FROM busybox:latest\nENV A=1\nCMD ["sleep", "600"]\n',
  })
  made.write('Dockerfile', 'FROM busybox:latest\nENV A=2\nCMD ["sleep", "600"]\n')
  made.compose('build')
  const { drift } = await readStatus(made.project)
  expect(drift).toMatchObject([
    { service: 'app', changes: [{ setting: 'image', after: expect.stringContaining('newer') as unknown }] },
  ])
})

test('drift comes and goes while somebody watches, without asking again when nothing changed', async () => {
  const file = (level: string): string =>
    `services:\n  app: { image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s, environment: { LEVEL: ${level} } }\n`
  const made = await started({ 'compose.yaml': file('info') })
  const stop = new AbortController()
  const told: ComposeStatus[] = []
  const watching = (async () => {
    for await (const status of watchStatus(made.project, { signal: stop.signal })) told.push(status)
  })()
  await vi.waitFor(() => expect(told.at(-1)?.drift).toEqual([]), 10_000)
  made.write('compose.yaml', file('debug'))
  await vi.waitFor(() => expect(told.at(-1)?.drift).toHaveLength(1), 10_000)
  made.compose('up', '-d')
  await vi.waitFor(() => expect(told.at(-1)?.drift).toEqual([]), 10_000)
  made.write('compose.yaml', 'services: [')
  await vi.waitFor(() => expect(told.at(-1)?.problem?.code).toBe('compose_invalid'), 10_000)
  stop.abort()
  await watching
})

test('down tells exactly what goes and what stays', async () => {
  const made = await started({
    'compose.yaml':
      'services:\n  db: { image: busybox:latest, command: [sh, -c, "head -c 3000000 /dev/zero > /data/x; sleep 600"], init: true, stop_grace_period: 0s, volumes: ["data:/data", "/scratch"] }\n' +
      '  more: { image: busybox:latest, command: [sleep, "600"], init: true, profiles: [more] }\nvolumes: { data: {} }\n',
  })
  const volume = `${made.project}_data`
  await vi.waitFor(() => expect(snapshot().volumes.map(({ name }) => name)).toContain(volume), 10_000)
  const kept = await previewDown(made.project, down())
  expect(kept).toMatchObject({ volumes: [], networks: [`${made.project}_default`], isItself: false })
  expect(kept.keptVolumes).toContain(volume)
  const preview = await previewDown(made.project, down({ withVolumes: true }))
  expect(preview.volumes.find(({ name }) => name === volume)?.sizeBytes).toBeGreaterThanOrEqual(3_000_000)
  expect(preview.volumes.filter(({ isAnonymous }) => isAnonymous)).toHaveLength(1)
  expect(preview.containers.map(({ name }) => name)).toEqual([`${made.project}-db-1`])
  made.compose('down', '-v')
  const left = execFileSync('docker', ['volume', 'ls', '-q'], { encoding: 'utf8' }).split('\n')
  for (const { name } of preview.volumes) expect(left).not.toContain(name)
})

test('before up it says who holds a port, and which folder is not there', async () => {
  const [taken, program] = [await freePort(), await freePort()]
  const holder = await started({
    'compose.yaml': `services:\n  web: { image: busybox:latest, command: [sleep, "600"], init: true, ports: ["127.0.0.1:${taken}:80"] }\n`,
  })
  const listening = createServer().listen(program, '127.0.0.1')
  const made = stack({
    'compose.yaml': `services:\n  a: { image: busybox:latest, ports: ["${taken}:80"] }\n  b: { image: busybox:latest, ports: ["${program}:80"] }\n  c: { image: busybox:latest, volumes: ["./not here:/x"] }\n  d: { image: busybox:latest, container_name: ${holder.project}-web-1 }\n`,
  })
  await addPlace({ project: made.project, workingDir: made.folder, configFiles: [], envFiles: [] }, 'ann')
  const { preflight, containers } = await previewUp(made.project, up())
  listening.close()
  expect(containers.map(({ change }) => change)).toEqual(['create', 'create', 'create', 'create'])
  expect(preflight.map(({ level, service, text }) => [level, service, text])).toEqual([
    ['stops', 'a', `Port ${taken} is held by the container ${holder.project}-web-1.`],
    [
      'stops',
      'b',
      expect.stringMatching(
        new RegExp(`^Port ${program} is held by .+ \\(process ${process.pid}\\), a program`),
      ),
    ],
    ['warns', 'c', `${made.folder}/not here is not there.`],
    ['stops', 'd', expect.stringContaining(`The name ${holder.project}-web-1 is taken by the container`)],
  ])
})

test('a folder tells what Compose would find in it, before it ever ran', async () => {
  const made = stack({
    'compose.yaml': 'services:\n  web: { image: busybox:latest }\n',
    'compose.override.yaml': 'services:\n  extra: { image: busybox:latest }\n',
    'compose.prod.yaml': 'services: {}\n',
    'sub/docker-compose.yml': 'services: {}\n',
    '.env.production': 'A=1\n',
  })
  const folder = await readFolder(made.folder)
  expect(folder).toMatchObject({
    project: made.project,
    defaultFiles: [made.file, `${made.folder}/compose.override.yaml`],
    services: ['extra', 'web'],
    envFiles: [`${made.folder}/.env.production`],
    below: [`${made.folder}/sub`],
    problem: null,
  })
  expect(folder.files).toContain(`${made.folder}/compose.prod.yaml`)
  expect(folder.isNamedByEnv).toBe(false)
  await expect(readFolder('/no/such/folder')).rejects.toMatchObject({ code: 'files_unreadable' })
})

test('what .env says of the files, the name and the profiles counts as it does in a terminal there', async () => {
  const service = 'image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s'
  const made = stack({
    '.env':
      'WHERE=deploy\nCOMPOSE_PATH_SEPARATOR=;\nCOMPOSE_FILE=${WHERE}/base.yaml;more.yaml\nCOMPOSE_PROFILES=extra\nLEVEL=root\n',
    'deploy/.env': 'LEVEL=deploy\nBESIDE=here\n',
    'deploy/base.yaml': `services:\n  app: { ${service}, labels: { level: "\${LEVEL}", beside: "\${BESIDE}" }, volumes: ["./data:/data"] }\n`,
    'more.yaml': `services:\n  extra: { ${service}, profiles: [extra] }\n  other: { ${service}, profiles: [other] }\n`,
    'compose.yaml': 'services: { no: { image: busybox:latest } }\n',
  })
  writeFileSync(`${made.folder}/.env`, `COMPOSE_PROJECT_NAME=${made.project}\n`, { flag: 'a' })
  const folder = await readFolder(made.folder)
  expect(folder).toMatchObject({
    problem: null,
    project: made.project,
    isNamedByEnv: true,
    services: ['app', 'extra', 'other'],
    defaultFiles: [`${made.folder}/deploy/base.yaml`, `${made.folder}/more.yaml`],
    defaultEnvFiles: [`${made.folder}/deploy/.env`, `${made.folder}/.env`],
  })
  expect(folder.files).toContain(made.file)
  expect((await readFolder(dirname(made.folder))).below).toEqual([made.folder])
  await addPlace({ project: made.project, workingDir: made.folder, configFiles: [], envFiles: [] }, 'ann')
  const status = await readStatus(made.project)
  expect(status).toMatchObject({ problem: null, activeProfiles: ['extra'], namedProfiles: ['extra'] })
  const planned = await previewUp(made.project, up({ profiles: status.activeProfiles }))
  execFileSync('docker', ['compose', 'up', '-d'], { cwd: made.folder, stdio: 'ignore' })
  await seen(made)
  expect(planned.containers.map(({ name }) => name).sort()).toEqual(
    snapshot()
      .containers.filter(({ compose }) => compose?.project === made.project)
      .map(({ name }) => name)
      .sort(),
  )
  // What the terminal made is what these files describe: Compose itself sees nothing to do.
  const target = { ...folder, project: made.project, workingDir: projectFolder(folder.defaultFiles, '') }
  const again = await planUp(
    { ...target, configFiles: folder.defaultFiles, envFiles: folder.defaultEnvFiles },
    up({ profiles: status.activeProfiles }),
  )
  expect(new Set(again.steps.map(({ change }) => change))).toEqual(new Set(['unchanged']))
})

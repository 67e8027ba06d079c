import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { paths } from '#lib/api/paths'
import type { UpPreview } from '#lib/compose/preview'
import type { Job } from '#lib/jobs/job'
import { findCompose } from '#server/compose/cli/binary'
import { freePort, type ServerProcess } from '../browser/server-process.ts'
import { makeStack, type Stack } from '../fixtures/compose-stack.ts'
import { addPerson, type Answer, ask, change, codeOf, type Person } from './front-client.ts'

// The dashboard as people run it: in a container, itself a service of a project, seeing only what is mounted into it.
const sleeper = 'image: busybox:latest, command: [sleep, "600"], init: true, stop_grace_period: 0s'
const stacks: Record<'own' | 'same' | 'unseen' | 'elsewhere', Stack> = {
  own: makeStack({ 'compose.yaml': 'services: {}\n' }),
  same: makeStack({
    'compose.yaml': `services:\n  app: { ${sleeper}, volumes: ["./data:/data"] }\n`,
    'data/here': 'x',
  }),
  unseen: makeStack({ 'compose.yaml': `services:\n  app: { ${sleeper} }\n` }),
  elsewhere: makeStack({ 'compose.yaml': `services:\n  app: { ${sleeper} }\n` }),
}
const dataDir = mkdtempSync(join(tmpdir(), 'composure-inside-'))
let server: ServerProcess
let person: Person

beforeAll(async () => {
  const port = await freePort()
  const compose = await findCompose()
  const { own, same, unseen, elsewhere } = stacks
  const socket = '/var/run/docker.sock'
  const mounts = [
    `${join(import.meta.dirname, '../../dist')}:/app:ro`,
    `${socket}:${socket}`,
    `${dataDir}:/data`,
    `${compose.path}:/usr/local/libexec/docker/cli-plugins/docker-compose:ro`,
    `${own.folder}:${own.folder}:ro`,
    `${same.folder}:${same.folder}:ro`,
    `${own.folder}:${elsewhere.folder}:ro`,
  ]
  const dash = {
    image: 'node:24-trixie-slim',
    command: ['node', '/app/server.mjs'],
    user: `${process.getuid?.() ?? 0}:${statSync(socket).gid}`,
    init: true,
    stop_grace_period: '0s',
    tmpfs: ['/tmp'],
    environment: {
      HOST: '0.0.0.0',
      COMPOSURE_DATA_DIR: '/data',
      COMPOSURE_HOSTS: `127.0.0.1:${port}`,
      COMPOSURE_URL: `http://127.0.0.1:${port}`,
      COMPOSURE_PASSWORD: 'only for tests',
      MARK: '1',
    },
    ports: [`127.0.0.1:${port}:3000`],
    volumes: mounts,
  }
  chmodSync(dataDir, 0o777)
  own.write('compose.yaml', `services: ${JSON.stringify({ dash })}\n`)
  for (const each of [own, same, unseen, elsewhere]) each.compose('up', '-d')
  // Only what `ask` and `addPerson` need of it: there is no process of ours.
  server = { url: `http://127.0.0.1:${port}`, port, dataDir } as ServerProcess
  await vi.waitFor(async () => expect((await ask(server, { path: paths.health })).status).toBe(200), 30_000)
  person = addPerson(server, 'operator')
}, 120_000)

afterAll(() => {
  for (const each of Object.values(stacks)) each.remove()
  rmSync(dataDir, { recursive: true, force: true })
})

function post(path: string, body: object = {}): Promise<Answer> {
  const request = change(server, body)
  return ask(server, {
    ...request,
    path,
    headers: { ...request.headers, cookie: person.cookie, 'x-composure-secret': person.secret },
  })
}

const messageOf = (answer: Answer): { message: string; hint: string } =>
  (JSON.parse(answer.text) as { error: { message: string; hint: string } }).error

test('a project mounted under its own path goes up, and its relative bind mount is the folder of the machine', async () => {
  const { same } = stacks
  same.write('data/here', 'changed')
  const answer = await post(paths.projectCompose(same.project, 'up'), { isForced: true })
  expect(answer.status).toBe(200)
  const { id } = JSON.parse(answer.text) as Job
  const jobs = async (): Promise<Job> =>
    JSON.parse(
      (
        await ask(server, {
          path: paths.job(id),
          headers: { cookie: person.cookie },
        })
      ).text,
    ) as Job
  await vi.waitFor(
    async () => expect(await jobs()).toMatchObject({ state: 'done', result: '1 container recreated' }),
    20_000,
  )
  const [mount] = JSON.parse(
    execFileSync('docker', ['inspect', '-f', '{{json .Mounts}}', `${same.project}-app-1`], {
      encoding: 'utf8',
    }),
  ) as { Source: string }[]
  expect(mount?.Source).toBe(`${same.folder}/data`)
})

test('a folder of the machine it does not see itself is asked of the Engine', async () => {
  const { same } = stacks
  same.write(
    'compose.yaml',
    `services:\n  app: { ${sleeper}, volumes: ["./data:/data", "/etc:/e", "/no/such/folder:/x"] }\n`,
  )
  const answer = await post(paths.projectPreview(same.project, 'up'))
  expect((JSON.parse(answer.text) as UpPreview).preflight).toMatchObject([
    { level: 'warns', service: 'app', text: '/no/such/folder is not there.' },
  ])
})

test('one that is not mounted is refused with the path and the line to add', async () => {
  const { unseen } = stacks
  const answer = await post(paths.projectPreview(unseen.project, 'up'))
  expect([answer.status, codeOf(answer)]).toEqual([409, 'files_unreadable'])
  expect(messageOf(answer).message).toBe(`Composure runs in a container and does not see ${unseen.folder}.`)
  expect(messageOf(answer).hint).toContain(`"${unseen.folder}:${unseen.folder}:ro"`)
})

test('one where another folder of the machine is mounted is refused, before Compose could bind the wrong one', async () => {
  const { elsewhere } = stacks
  const answer = await post(paths.projectCompose(elsewhere.project, 'up'))
  expect([answer.status, codeOf(answer)]).toEqual([409, 'files_unreadable'])
  expect(messageOf(answer).message).toBe(
    `Composure sees another folder of this machine under ${elsewhere.folder}.`,
  )
})

test('it does not end or replace itself without a second yes', async () => {
  const { own } = stacks
  const preview = await post(paths.projectPreview(own.project, 'down'))
  expect(JSON.parse(preview.text)).toMatchObject({ isItself: true })
  const down = await post(paths.projectCompose(own.project, 'down'))
  expect([down.status, codeOf(down)]).toEqual([409, 'is_itself'])
  const same = JSON.parse((await post(paths.projectPreview(own.project, 'up'))).text) as UpPreview
  expect([same.isItself, same.containers.map(({ change: each }) => each)]).toEqual([false, ['unchanged']])
  const forced = await post(paths.projectCompose(own.project, 'up'), { isForced: true })
  expect([forced.status, codeOf(forced)]).toEqual([409, 'is_itself'])
  expect((await ask(server, { path: paths.health })).status).toBe(200)
})

test('with a second yes it takes its own project down, and leaves itself stopped, for one command to finish', async () => {
  const { own } = stacks
  const down = await post(paths.projectCompose(own.project, 'down'), { isItself: true })
  expect(down.status).toBe(200)
  const states = (): string => own.compose('ps', '-a', '--format', '{{.Service}} {{.State}} {{.ExitCode}}')
  await vi.waitFor(() => expect(states()).not.toContain('dash running'), 30_000)
  // Nobody is left to take its own container and the network away: the page has said so, and one command ends it.
  expect(states()).toMatch(/^dash exited/)
  own.compose('down')
  expect(states()).toBe('')
})

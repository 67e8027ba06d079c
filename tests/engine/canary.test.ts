import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { composeLabels, docker, prefix, removeFixtures, runContainer } from './fixtures.ts'
import { addPerson, headersOf, type Person, send } from './front-client.ts'
import { listRoutes } from './front-routes.ts'

// One secret in every place people put them; it must come out nowhere but where somebody asked for it. Logs of the container are as
// the program wrote them (docs/security.md), so it writes none.
const canary = `CANARY${randomBytes(6).toString('hex')}`
const project = `${prefix}-canary`
const folder = mkdtempSync(join(tmpdir(), 'composure-canary-'))
const routes = await listRoutes()

let server: ServerProcess
let id = ''
let broken = ''
const people: Partial<Record<'viewer' | 'admin', Person>> = {}

beforeAll(async () => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, '.env'), `API_TOKEN=${canary}\n`)
  const compose = [
    'services:',
    '  web:',
    '    image: busybox:latest',
    '    command: sleep 600',
    '    environment:',
    '      API_TOKEN: ${API_TOKEN}',
    `      DB_PASSWORD: ${canary}`,
    '    labels:',
    `      com.example.auth-token: ${canary}`,
    '',
  ]
  writeFileSync(join(folder, 'compose.yaml'), compose.join('\n'))
  const secrets = {
    Env: [`API_TOKEN=${canary}`, `DATABASE_URL=postgres://app:${canary}@db:5432/app`, 'PLAIN=visible'],
    Labels: {
      ...composeLabels(project, 'web'),
      'com.docker.compose.project.working_dir': folder,
      'com.docker.compose.project.config_files': join(folder, 'compose.yaml'),
      'com.example.auth-token': canary,
    },
    Healthcheck: {
      Test: ['CMD-SHELL', `echo "token is $API_TOKEN"; test -n "${canary}"`],
      Interval: 1_000_000_000,
      Timeout: 1_000_000_000,
      Retries: 1,
      StartPeriod: 0,
    },
  }
  id = (
    await runContainer('canary', {
      ...secrets,
      Cmd: ['sh', '-c', `sleep 600 & wait; : --password ${canary}`],
    })
  ).id
  // Cannot start: the Engine's own words about it come back as an error.
  broken = (
    await docker.createContainer({
      name: `${prefix}-canary-broken`,
      Image: 'busybox:latest',
      ...secrets,
      Cmd: [`/${canary}`, `--token=${canary}`],
      HostConfig: { NetworkMode: 'none' },
    })
  ).id
  server = await startServer({ LOG_LEVEL: 'debug' })
  people.viewer = addPerson(server, 'viewer')
  people.admin = addPerson(server, 'admin')
  await vi.waitFor(async () => {
    const { text } = await send(server, who('admin'), 'GET', '/api/containers')
    expect(text).toContain(id)
    // One probe has run, and printed it.
    const probes = (await docker.getContainer(id).inspect()).State.Health?.Log ?? []
    expect(probes.length).toBeGreaterThan(0)
  }, 30_000)
}, 60_000)
afterAll(async () => {
  await docker.getContainer(broken).remove({ force: true })
  await removeFixtures()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

function who(role: 'viewer' | 'admin'): Person {
  const person = people[role]
  if (!person) throw new Error('not there yet')
  return person
}

/** The addresses of a route with everything that exists in the places of its parameters. */
async function addressesOf(path: string): Promise<string[]> {
  const raw = await docker.getContainer(id).inspect()
  const image = raw.Image.replace('sha256:', '')
  const fill = (container: string) =>
    path
      .replace('{project}', project)
      .replace('{streamId}', 'none')
      .replace('{sessionId}', 'none')
      .replace(/\{(name|tag)\}/, 'none')
      .replace('{otherId}', image)
      .replace('{containerId}', container)
      .replace('{id}', path.includes('/images/') ? image : path.includes('/containers/') ? container : 'none')
      .replaceAll(/\{[^}]+\}/g, 'none')
  return [...new Set([fill(id), fill(broken)])]
}

async function readStart(path: string, person: Person): Promise<string> {
  const gone = new AbortController()
  const answer = await fetch(server.url + path, { headers: headersOf(server, person), signal: gone.signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const untilMs = Date.now() + 4000
  // A stream goes on for ever: what it says until it has been quiet for a moment, or has said a lot.
  while (text.length < 1_000_000 && Date.now() < untilMs) {
    const part = await Promise.race([
      reader?.read(),
      new Promise<null>((resolve) => setTimeout(() => resolve(null), 700)),
    ])
    if (!part || part.done) break
    text += part.value
  }
  gone.abort()
  return text
}

describe.each(['viewer', 'admin'] as const)('as %s', (role) => {
  test.each(routes.filter(({ method }) => method === 'GET').map(({ path }) => path))(
    'GET %s',
    async (path) => {
      for (const address of await addressesOf(path))
        expect([address, (await readStart(address, who(role))).includes(canary)]).toEqual([address, false])
    },
  )

  test('pages, also as the framework sends them between pages', async () => {
    const base = `/containers/${id.slice(0, 12)}`
    const tabs = ['', '/environment', '/labels', '/health', '/inspect', '/processes', '/mounts']
    for (const path of ['/', '/containers', `/projects/${project}`, ...tabs.map((tab) => base + tab)])
      for (const more of [{}, { rsc: '1' }] as Record<string, string>[]) {
        const answer = await fetch(server.url + path, {
          headers: { ...headersOf(server, who(role)), ...more },
        })
        expect([path, (await answer.text()).includes(canary)]).toEqual([path, false])
      }
  })

  test('the live model and its changes', async () => {
    const response = await fetch(`${server.url}/api/live`, { headers: headersOf(server, who(role)) })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const until = async (word: string) => {
      while (!text.includes(word)) text += (await reader?.read())?.value ?? ''
    }
    await until('streamId')
    const streamId = /"streamId":"([^"]+)"/.exec(text)?.[1]
    const subscribe = ['state', 'stats', 'jobs', 'events'].map((topic) => ({
      key: topic,
      topic,
      params: topic === 'stats' ? { containerIds: [id] } : {},
    }))
    for (const one of subscribe)
      await send(server, who(role), 'POST', `/api/live/${streamId}`, { subscribe: [one] })
    await until(id)
    await docker.getContainer(id).restart({ t: 0 })
    await until('"since"')
    await reader?.cancel()
    expect(text).not.toContain(canary)
  })
})

describe('errors', () => {
  test('of the Engine, of a start that fails', async () => {
    const answer = await send(server, who('admin'), 'POST', `/api/containers/${broken}/actions/start`, {})
    expect(answer.status).toBeGreaterThanOrEqual(400)
    // What the Engine keeps about it is in the model from now on.
    for (const path of ['/api/containers', `/api/containers/${broken}`])
      expect((await send(server, who('viewer'), 'GET', path)).text).not.toContain(canary)
    // The program's own name is part of the Engine's words; that it is a secret here is known from the environment.
    expect(answer.text).not.toContain(canary)
  })

  test.each(['up', 'pull', 'build', 'down'])('of a preview of compose %s', async (action) => {
    const answer = await send(server, who('admin'), 'POST', `/api/projects/${project}/preview/${action}`, {})
    expect(answer.text).not.toContain(canary)
  })
})

test('asked for by name it is shown, and the audit says by whom, not what', async () => {
  const wish = { kind: 'variable', name: 'API_TOKEN' }
  const refused = await send(server, who('viewer'), 'POST', `/api/containers/${id}/reveal`, wish)
  expect([refused.status, refused.text.includes(canary)]).toEqual([403, false])
  const shown = await send<{ value: string }>(
    server,
    who('admin'),
    'POST',
    `/api/containers/${id}/reveal`,
    wish,
  )
  expect(shown.body.value).toBe(canary)
  const audit = await send(server, who('admin'), 'GET', '/api/audit?action=reveal')
  expect(audit.text).toContain(who('admin').name)
  expect(audit.text).toContain('API_TOKEN')
  for (const path of ['/api/audit?limit=500', '/api/audit/export?format=csv', '/api/audit/export'])
    expect((await send(server, who('admin'), 'GET', path)).text).not.toContain(canary)
})

test('the dashboard’s own log, at its most talkative, has none of it', () => {
  expect(server.output()).toContain('"level":"debug"')
  expect(server.output()).not.toContain(canary)
})

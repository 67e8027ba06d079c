import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import WebSocket from 'ws'
import type {
  MadePerson,
  MadeToken,
  OneTimeCode,
  Person as Listed,
  SessionEntry,
  Token,
} from '#lib/api/people'
import type { SignedIn } from '#lib/api/session'
import type { ExecOpened } from '#lib/docker/exec'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { composeLabels, prefix, removeFixtures, runContainer } from './fixtures.ts'
import { addPerson, codeOf, headersOf, type Person, send } from './front-client.ts'

let server: ServerProcess
let admin: Person

beforeAll(async () => {
  server = await startServer()
  admin = addPerson(server, 'admin')
})
afterAll(async () => {
  await removeFixtures()
  await server.stop()
})

type Keys = Pick<Person, 'cookie' | 'secret'>

const create = (name: string, more: object = {}) =>
  send<MadePerson>(server, admin, 'POST', '/api/users', { name, role: 'viewer', ...more })

async function signIn(userName: string, password: string): Promise<Keys & { status: number }> {
  const answer = await send<SignedIn>(server, null, 'POST', '/api/session', { userName, password })
  return keysOf(answer)
}

function keysOf(answer: { status: number; headers: Record<string, unknown>; body: SignedIn }) {
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? ''
  return { status: answer.status, cookie, secret: answer.body.secret }
}

/** An event stream that is open; `ended` says what was in it once the server closed it, and how long after `startedAt` that was. */
async function openStream(path: string, person: Keys | { token: string }) {
  const headers: Record<string, string> =
    'token' in person ? { authorization: `Bearer ${person.token}` } : headersOf(server, person)
  const response = await fetch(server.url + path, { headers })
  expect(response.status).toBe(200)
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  let text = decoder.decode((await reader?.read())?.value)
  const ended = (async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      text += decoder.decode(part.value)
    return text
  })()
  return { ended }
}

async function openShell(container: string, person: Keys): Promise<{ closed: Promise<number> }> {
  const opened = await send<ExecOpened>(server, person, 'POST', `/api/containers/${container}/exec`, {
    cols: 80,
    rows: 24,
  })
  expect([opened.status, opened.text]).toEqual([201, expect.stringContaining('ticket')])
  const socket = new WebSocket(
    `${server.url.replace('http', 'ws')}/ws/exec/${opened.body.session.id}`,
    ['composure.exec', `composure.ticket.${opened.body.ticket}`],
    { headers: { cookie: person.cookie, origin: server.url } },
  )
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  socket.send(JSON.stringify({ type: 'attach', fromByte: 0 }))
  return { closed: new Promise((resolve) => socket.once('close', (code) => resolve(code))) }
}

/** The answer, if it comes within 2 s: how long a right may outlive its end. */
function soon<Value>(what: Promise<Value>): Promise<Value | 'still open after 2 s'> {
  return Promise.race([
    what,
    new Promise<'still open after 2 s'>((resolve) => setTimeout(() => resolve('still open after 2 s'), 2000)),
  ])
}

describe('a user', () => {
  test('is made with a one-time code, chooses a password with it once, and signs in', async () => {
    const made = await create('ann')
    expect(made.status).toBe(201)
    expect(made.body.person).toMatchObject({
      name: 'ann',
      role: 'viewer',
      hasPassword: false,
      projects: null,
    })
    const code = made.body.code?.code ?? ''
    const use = (word: string) =>
      send<SignedIn>(server, null, 'POST', '/api/session/code', {
        userName: 'ann',
        code: word,
        password: 'a long enough one',
      })
    expect((await signIn('ann', '-')).status).toBe(401)
    expect(codeOf(await use('0000-0000'))).toBe('setup_code_wrong')
    const answers = await Promise.all([use(code), use(code.toLowerCase().replaceAll('-', ' '))])
    expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([201, 403]))
    expect((await signIn('ann', 'a long enough one')).status).toBe(201)
  })

  test('of a name that is taken or odd is refused', async () => {
    expect(codeOf(await create('ADMIN'))).toBe('name_taken')
    for (const name of ['', ' x', 'a b', '../x', '<b>', 'a'.repeat(65), 'x\n'])
      expect([name, codeOf(await create(name))]).toEqual([name, 'bad_request'])
    expect(codeOf(await create('weak', { password: 'short' }))).toBe('bad_request')
  })

  test('who is disabled is out at once, and comes back with the same password', async () => {
    const made = await create('dan', { password: 'a long enough one' })
    const dan = await signIn('dan', 'a long enough one')
    const stream = await openStream('/api/live', dan)
    const path = `/api/users/${made.body.person.id}`
    expect((await send(server, admin, 'PUT', path, { isDisabled: true })).status).toBe(200)
    expect(await soon(stream.ended)).toContain('signed-out')
    expect((await send(server, dan, 'GET', '/api/session')).status).toBe(401)
    expect((await signIn('dan', 'a long enough one')).status).toBe(401)
    await send(server, admin, 'PUT', path, { isDisabled: false })
    expect((await signIn('dan', 'a long enough one')).status).toBe(201)
  })

  test('who is the last admin can be neither deleted, disabled nor made less', async () => {
    const people = (await send<Listed[]>(server, admin, 'GET', '/api/users')).body
    const others = people.filter(({ role, name }) => role === 'admin' && name !== admin.name)
    for (const { id } of others)
      expect((await send(server, admin, 'DELETE', `/api/users/${id}`)).status).toBe(204)
    const path = `/api/users/${admin.id}`
    expect(codeOf(await send(server, admin, 'DELETE', path))).toBe('last_admin')
    expect(codeOf(await send(server, admin, 'PUT', path, { isDisabled: true }))).toBe('last_admin')
    expect(codeOf(await send(server, admin, 'PUT', path, { role: 'viewer' }))).toBe('last_admin')
  })
})

describe('what somebody has open ends within 2 s', () => {
  const password = 'a long enough one'
  let count = 0

  async function operator() {
    count += 1
    const name = `op${count}`
    const made = await create(name, { role: 'operator', password })
    const keys = await signIn(name, password)
    return { name, userId: made.body.person.id, keys }
  }

  test.each([
    ['a change of role', (id: number) => send(server, admin, 'PUT', `/api/users/${id}`, { role: 'viewer' })],
    [
      'a change of projects',
      (id: number) => send(server, admin, 'PUT', `/api/users/${id}`, { projects: ['x'] }),
    ],
    ['a reset password', (id: number) => send(server, admin, 'POST', `/api/users/${id}/password`, {})],
    ['being deleted', (id: number) => send(server, admin, 'DELETE', `/api/users/${id}`)],
    [
      'their own new password',
      (_: number, keys: Keys) =>
        send(server, keys, 'PUT', '/api/account/password', {
          current: password,
          password: 'another long one',
        }),
    ],
    ['signing out', (_: number, keys: Keys) => send(server, keys, 'DELETE', '/api/session')],
  ])('by %s: live stream, log stream and shell', async (_, act) => {
    const { id } = await runContainer(`people-${count}`, {
      Cmd: ['sh', '-c', 'echo here; sleep 600'],
      Labels: {},
    })
    const { userId, keys } = await operator()
    const live = await openStream('/api/live', keys)
    const logs = await openStream(`/api/containers/${id}/logs`, keys)
    const shell = await openShell(id, keys)
    expect((await act(userId, keys)).status).toBeLessThan(300)
    const [liveText, logText, shellCode] = await Promise.all([
      soon(live.ended),
      soon(logs.ended),
      soon(shell.closed),
    ])
    expect(liveText).toContain('signed-out')
    expect(logText).toContain('here')
    expect(shellCode).toBe(4401)
    expect((await send(server, keys, 'GET', '/api/containers')).status).toBe(401)
  })

  test('a new password of one’s own gives this browser a fresh session', async () => {
    const { name, keys } = await operator()
    const other = await signIn(name, password)
    const change = (current: string) =>
      send<SignedIn>(server, keys, 'PUT', '/api/account/password', { current, password: 'another long one' })
    expect(codeOf(await change('wrong one'))).toBe('wrong_credentials')
    const fresh = keysOf(await change(password))
    expect((await send(server, fresh, 'GET', '/api/containers')).status).toBe(200)
    expect((await send(server, other, 'GET', '/api/containers')).status).toBe(401)
    expect((await signIn(name, password)).status).toBe(401)
  })

  test('a session ended from another browser', async () => {
    const { name, keys } = await operator()
    const other = await signIn(name, password)
    const stream = await openStream('/api/live', other)
    const list = await send<SessionEntry[]>(server, keys, 'GET', '/api/account/sessions')
    expect(list.body.filter(({ isThisOne }) => isThisOne)).toHaveLength(1)
    expect(list.body).toHaveLength(2)
    expect(list.text).not.toContain(other.cookie.split('=')[1])
    const target = list.body.find(({ isThisOne }) => !isThisOne)
    expect((await send(server, keys, 'DELETE', `/api/account/sessions/${target?.id}`)).status).toBe(204)
    expect(await soon(stream.ended)).toContain('signed-out')
    expect((await send(server, keys, 'GET', '/api/session')).status).toBe(200)
    // Somebody else's sessions are not there for them.
    expect(codeOf(await send(server, admin, 'DELETE', `/api/account/sessions/${target?.id}`))).toBe(
      'not_found',
    )
  })
})

describe('an API token', () => {
  const make = (person: Keys, more: object = {}) =>
    send<MadeToken>(server, person, 'POST', '/api/tokens', {
      name: 'a script',
      role: 'viewer',
      lifetimeDays: 7,
      ...more,
    })

  test('reads and acts without cookie, Origin or secret, by its own role; its use is noted', async () => {
    const operatorPerson = addPerson(server, 'operator')
    const { token, entry } = (await make(operatorPerson, { role: 'operator' })).body
    expect(token).toMatch(/^cmp_[\w-]{43}$/)
    expect((await send(server, { token }, 'GET', '/api/containers')).status).toBe(200)
    expect(
      codeOf(await send(server, { token }, 'POST', '/api/containers/ffffffffffff/actions/stop', {})),
    ).toBe('container_not_found')
    expect(codeOf(await send(server, { token }, 'GET', '/api/audit'))).toBe('role_too_low')
    const listed = (await send<Token[]>(server, operatorPerson, 'GET', '/api/tokens')).body
    expect(listed).toEqual([expect.objectContaining({ id: entry.id, usedIp: '127.0.0.1' })])
    const audit = await send<{ entries: { action: string; token: string; user: string }[] }>(
      server,
      admin,
      'GET',
      '/api/audit',
    )
    expect(audit.body.entries).toContainEqual(
      expect.objectContaining({ action: 'container.stop', token: 'a script', user: operatorPerson.name }),
    )
  })

  test('is kept as a hash only', async () => {
    const { token } = (await make(admin)).body
    const { readFileSync } = await import('node:fs')
    for (const file of ['composure.db', 'composure.db-wal'])
      expect(readFileSync(`${server.dataDir}/${file}`).includes(token)).toBe(false)
    expect(server.output()).not.toContain(token)
  })

  test('never works in a URL, beside a cookie, from another site, or spelled wrong', async () => {
    const { token } = (await make(admin)).body
    const get = (path: string, headers: Record<string, string>) =>
      fetch(server.url + path, { headers }).then((answer) => answer.status)
    const good = { authorization: `Bearer ${token}` }
    expect(await get('/api/containers', good)).toBe(200)
    expect(await get(`/api/containers?token=${token}&access_token=${token}`, {})).toBe(401)
    expect(await get('/api/containers', { ...good, cookie: admin.cookie })).toBe(400)
    expect(await get('/api/containers', { ...good, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await get('/api/containers', { authorization: `Bearer ${token}x` })).toBe(401)
    expect(await get('/api/containers', { authorization: `Basic ${token}` })).toBe(401)
    expect(await get('/', good)).toBe(200)
  })

  test('manages no people: users, passwords, tokens, sessions', async () => {
    const { token } = (await make(admin, { role: 'admin' })).body
    for (const [method, path] of [
      ['GET', '/api/users'],
      ['POST', '/api/users'],
      ['GET', '/api/tokens'],
      ['POST', '/api/tokens'],
      ['PUT', '/api/account/password'],
      ['DELETE', '/api/session'],
    ] as const)
      expect([
        path,
        codeOf(await send(server, { token }, method, path, method === 'GET' ? undefined : {})),
      ]).toEqual([path, 'people_only'])
  })

  test('never counts for more than its owner, and ends with being revoked, with its time, and with them', async () => {
    const owner = addPerson(server, 'operator')
    expect(codeOf(await make(owner, { role: 'admin' }))).toBe('role_too_low')
    expect(codeOf(await make(owner, { lifetimeDays: 10_000 }))).toBe('bad_request')
    const { token, entry } = (await make(owner, { role: 'operator' })).body
    const stream = await openStream('/api/live', { token })
    await send(server, admin, 'PUT', `/api/users/${owner.id}`, { role: 'viewer' })
    expect(await soon(stream.ended)).toContain('signed-out')
    expect(codeOf(await send(server, { token }, 'POST', '/api/volumes', { name: 'x' }))).toBe('role_too_low')

    const again = await openStream('/api/live', { token })
    const stranger = addPerson(server, 'viewer')
    expect(codeOf(await send(server, stranger, 'DELETE', `/api/tokens/${entry.id}`))).toBe('not_found')
    expect((await send(server, admin, 'DELETE', `/api/tokens/${entry.id}`)).status).toBe(204)
    expect(await soon(again.ended)).toContain('signed-out')
    expect(codeOf(await send(server, { token }, 'GET', '/api/containers'))).toBe('token_refused')

    const short = (await make(admin)).body
    const { DatabaseSync } = await import('node:sqlite')
    const store = new DatabaseSync(`${server.dataDir}/composure.db`, { timeout: 5000 })
    store.prepare('UPDATE tokens SET expires_at = ? WHERE id = ?').run(Date.now() - 1, short.entry.id)
    store.close()
    expect(codeOf(await send(server, { token: short.token }, 'GET', '/api/containers'))).toBe('token_refused')
  })
})

describe('somebody limited to projects', () => {
  const [mine, theirs] = [`${prefix}-mine`, `${prefix}-theirs`]
  let inside = ''
  let outside = ''
  let lonely = ''
  let person: Person

  beforeAll(async () => {
    inside = (await runContainer('reach-in', { Labels: composeLabels(mine, 'web') })).id
    outside = (await runContainer('reach-out', { Labels: composeLabels(theirs, 'web') })).id
    lonely = (await runContainer('reach-alone')).id
    person = addPerson(server, 'operator', [mine])
    await vi.waitFor(async () => {
      const { text } = await send(server, admin, 'GET', '/api/containers')
      for (const id of [inside, outside, lonely]) expect(text).toContain(id)
    }, 10_000)
  })

  test('sees lists with their own and nothing else, on pages too', async () => {
    const { body } = await send<{ id: string }[]>(server, person, 'GET', '/api/containers')
    expect(body.map(({ id }) => id)).toEqual([inside])
    const projects = await send<{ name: string }[]>(server, person, 'GET', '/api/projects')
    expect(projects.body.map(({ name }) => name)).toEqual([mine])
    for (const path of ['/api/images', '/api/networks', '/api/volumes', '/', '/containers']) {
      const { text } = await send(server, person, 'GET', path)
      for (const secret of [outside, lonely, theirs])
        expect([path, text.includes(secret)]).toEqual([path, false])
    }
  })

  test.each(['12 digits', 'in full'])('cannot reach another container by its id, %s', async (form) => {
    for (const full of [outside, lonely]) {
      const id = form === 'in full' ? full : full.slice(0, 12)
      const base = `/api/containers/${id}`
      for (const [method, path] of [
        ['GET', base],
        ['GET', `${base}/processes`],
        ['GET', `${base}/logs`],
        ['GET', `${base}/logs/download`],
        ['GET', `${base}/exec`],
        ['POST', `${base}/exec`],
        ['POST', `${base}/actions/stop`],
        ['POST', `${base}/reveal`],
        ['PUT', `${base}/name`],
        ['DELETE', base],
      ] as const) {
        const answer = await send(server, person, method, path, method === 'GET' ? undefined : {})
        expect([method, path, codeOf(answer)]).toEqual([method, path, 'container_not_found'])
      }
    }
    expect((await send(server, person, 'GET', `/api/containers/${inside}`)).status).toBe(200)
  })

  test('cannot reach another project, or what belongs to none', async () => {
    const call = async (method: string, path: string, body?: object) =>
      codeOf(await send(server, person, method, path, body))
    expect(await call('POST', `/api/projects/${theirs}/actions/stop`, {})).toBe('not_found')
    expect(await call('GET', `/api/projects/${theirs}/logs`)).toBe('not_found')
    expect(await call('POST', '/api/images/pull', { reference: 'busybox' })).toBe('out_of_reach')
    expect(await call('POST', '/api/networks', { name: 'x' })).toBe('out_of_reach')
    expect(await call('GET', '/api/engine/disk')).toBe('out_of_reach')
  })

  test('has a live model of their own, whatever they ask it for', async () => {
    const headers = headersOf(server, person)
    const response = await fetch(`${server.url}/api/live`, { headers })
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    const until = async (word: string | RegExp) => {
      while (!(typeof word === 'string' ? text.includes(word) : word.test(text)))
        text += (await reader?.read())?.value ?? ''
    }
    await until('streamId')
    const streamId = /"streamId":"([^"]+)"/.exec(text)?.[1]
    const subscribe = [
      { key: 'model', topic: 'state', params: {} },
      { key: 'stats', topic: 'stats', params: { containerIds: [inside, outside] } },
      { key: 'log1', topic: 'logs', params: { containerIds: [outside] } },
      { key: 'log2', topic: 'logs', params: { project: theirs } },
    ]
    await send(server, person, 'POST', `/api/live/${streamId}`, { subscribe })
    await until('"key":"log1","error"')
    await until('"key":"log2","error"')
    await until(`"samples":{"${inside}"`)
    const later = (await runContainer('reach-later', { Labels: composeLabels(mine, 'late') })).id
    const hidden = (await runContainer('reach-hidden', { Labels: composeLabels(theirs, 'late') })).id
    await expect
      .poll(async () => (await send(server, admin, 'GET', '/api/containers')).text)
      .toContain(hidden)
    await until(later)
    for (const id of [outside, lonely, hidden]) expect(text).not.toContain(id)
    await reader?.cancel()
  })
})

test('a code is void once a password was set or another code was given', async () => {
  const made = await create('zoe')
  const path = `/api/users/${made.body.person.id}/password`
  const second = await send<{ code: OneTimeCode | null }>(server, admin, 'POST', path, {})
  const use = (code: string | undefined) =>
    send(server, null, 'POST', '/api/session/code', { userName: 'zoe', code, password: 'a long enough one' })
  expect(codeOf(await use(made.body.code?.code))).toBe('setup_code_wrong')
  await send(server, admin, 'POST', path, { password: 'set by the admin' })
  expect(codeOf(await use(second.body.code?.code))).toBe('setup_code_wrong')
  expect((await signIn('zoe', 'set by the admin')).status).toBe(201)
})

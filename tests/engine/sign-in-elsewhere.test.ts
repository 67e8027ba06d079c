import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Person as Listed } from '#lib/api/people'
import type { OidcBegun, SignedIn } from '#lib/api/session'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { addPerson, ask, codeOf, type Person, send } from './front-client.ts'
import { type Provider, startProvider, type Wrong } from './oidc-provider.ts'

let server: ServerProcess
let provider: Provider
let admin: Person

beforeAll(async () => {
  provider = await startProvider()
  server = await startServer({
    COMPOSURE_OIDC_ISSUER: provider.issuer,
    COMPOSURE_OIDC_CLIENT_ID: provider.clientId,
    COMPOSURE_OIDC_CLIENT_SECRET: provider.clientSecret,
    COMPOSURE_OIDC_NAME: 'the test provider',
    COMPOSURE_AUTH_ROLES: 'dash-admins=admin,dash-ops=operator',
    COMPOSURE_AUTH_STANDARD_ROLE: 'none',
  })
  admin = addPerson(server, 'admin')
})
afterAll(async () => {
  await server.stop()
  await provider.stop()
})

const cookieOf = (answer: { headers: Record<string, unknown> }): string =>
  String(answer.headers['set-cookie']).split(';')[0] ?? ''

/** Goes to the provider and comes back to the return page: the query it was sent back with. */
async function travel(next = '/') {
  const begun = await send<OidcBegun>(server, null, 'POST', '/api/session/oidc', { next })
  expect([begun.status, begun.text]).toEqual([200, expect.stringContaining(provider.issuer)])
  const answer = await fetch(begun.body.url, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '')
  expect(back.origin + back.pathname).toBe(`${server.url}/sign-in/oidc`)
  return { cookie: cookieOf(begun), search: back.search }
}

const finish = (cookie: string, search: string) =>
  send<SignedIn>(server, { cookie, secret: '' }, 'POST', '/api/session/oidc/finish', { search })

async function signIn(claims: Record<string, unknown>, wrong: Wrong = {}) {
  provider.next = { claims, wrong }
  const { cookie, search } = await travel()
  return finish(cookie, search)
}

const ann = { sub: 'ann-1', preferred_username: 'ann', groups: ['staff', 'dash-ops'] }

describe('by OpenID', () => {
  test('asks with PKCE, state and nonce, and lets in with the role of the group', async () => {
    provider.next = { claims: ann, wrong: {} }
    const { cookie, search } = await travel('/containers?q=x')
    expect(Object.fromEntries(provider.asked.at(-1) ?? [])).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    })
    const answer = await finish(cookie, search)
    expect([answer.status, answer.body]).toEqual([
      201,
      expect.objectContaining({ userName: 'ann', role: 'operator', nextPath: '/containers?q=x' }),
    ])
    const keys = { cookie: cookieOf(answer), secret: answer.body.secret }
    expect((await send(server, keys, 'GET', '/api/containers')).status).toBe(200)
    // The same answer, the same cookie: once only.
    expect(codeOf(await finish(cookie, search))).toBe('wrong_credentials')
  })

  test.each<[string, Wrong]>([
    ['another nonce', { nonce: 'x' }],
    ['another client’s token', { audience: 'somebody' }],
    ['another issuer', { issuer: 'http://127.0.0.1:1' }],
    ['a token that is over', { expiresInSeconds: -600 }],
    ['a stranger’s signature', { key: 'stranger' }],
    ['no signature', { algorithm: 'none' }],
  ])('refuses %s, and says why to the log only', async (_, wrong) => {
    const answer = await signIn(ann, wrong)
    expect([answer.status, codeOf(answer)]).toEqual([401, 'wrong_credentials'])
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(server.output()).toContain('an answer of the OpenID provider was refused')
  })

  test('refuses an answer in another browser, with another state, or made up', async () => {
    provider.next = { claims: ann, wrong: {} }
    const first = await travel()
    const second = await travel()
    expect(codeOf(await finish('', first.search))).toBe('wrong_credentials')
    expect(codeOf(await finish(second.cookie, first.search))).toBe('wrong_credentials')
    const third = await travel()
    expect(codeOf(await finish(third.cookie, '?code=x&state=y'))).toBe('wrong_credentials')
    const fourth = await travel()
    expect(codeOf(await finish(fourth.cookie, '?error=access_denied'))).toBe('wrong_credentials')
  })

  test('refuses whom no group lets in, odd names, and a name somebody with a password has', async () => {
    expect(codeOf(await signIn({ ...ann, sub: 'x', groups: [] }))).toBe('wrong_credentials')
    expect(codeOf(await signIn({ ...ann, sub: 'x', preferred_username: '<b>x</b>' }))).toBe('bad_request')
    expect(codeOf(await signIn({ ...ann, sub: 'x', preferred_username: 'ADMIN' }))).toBe('name_taken')
    // The same name from the same provider is still another person.
    expect(codeOf(await signIn({ ...ann, sub: 'x' }))).toBe('name_taken')
  })

  test('a role that changed there ends what was open, and one who is disabled here stays out', async () => {
    const before = await signIn(ann)
    const keys = { cookie: cookieOf(before), secret: before.body.secret }
    const after = await signIn({ ...ann, groups: ['dash-admins'] })
    expect(after.body.role).toBe('admin')
    expect((await send(server, keys, 'GET', '/api/session')).status).toBe(401)
    const people = (await send<Listed[]>(server, admin, 'GET', '/api/users')).body
    const person = people.find(({ name }) => name === 'ann')
    expect(person).toMatchObject({ origin: 'oidc', role: 'admin' })
    await send(server, admin, 'PUT', `/api/users/${person?.id}`, { isDisabled: true })
    expect(codeOf(await signIn(ann))).toBe('wrong_credentials')
    expect(codeOf(await send(server, admin, 'POST', `/api/users/${person?.id}/password`, {}))).toBe(
      'conflict',
    )
    const signIns = { userName: 'ann', password: '-' }
    expect(codeOf(await send(server, null, 'POST', '/api/session', signIns))).toBe('wrong_credentials')
  })

  test('a provider that is away is said in words, and asked again', async () => {
    const away = await startServer({
      COMPOSURE_OIDC_ISSUER: 'http://127.0.0.1:9',
      COMPOSURE_OIDC_CLIENT_ID: 'composure',
    })
    for (let round = 0; round < 2; round += 1)
      expect(codeOf(await send(away, null, 'POST', '/api/session/oidc', {}))).toBe('provider_unreachable')
    expect((await ask(away, { path: '/sign-in' })).text).toContain('Sign in with')
    await away.stop()
  })

  test('is not there where it is not set up', async () => {
    const plain = await startServer()
    expect((await send(plain, null, 'POST', '/api/session/oidc', {})).status).toBe(404)
    expect((await send(plain, null, 'POST', '/api/session/proxy', {})).status).toBe(404)
    await plain.stop()
  })
})

describe('by the header of a proxy', () => {
  const settings = {
    COMPOSURE_AUTH_HEADER: 'Remote-User',
    COMPOSURE_AUTH_ROLES: 'dash-admins=admin',
    COMPOSURE_TRUSTED_PROXIES: '127.0.0.1',
  }
  let behind: ServerProcess
  beforeAll(async () => {
    behind = await startServer(settings)
  })
  afterAll(async () => {
    await behind.stop()
  })

  const call = (
    method: string,
    path: string,
    headers: Record<string, string>,
    localAddress = '127.0.0.1',
    of = behind,
  ) =>
    ask(of, {
      method,
      path,
      localAddress,
      headers: { origin: of.url, 'content-length': '0', ...headers },
    })

  test('lets in whom a trusted proxy names, while it names them', async () => {
    const named = { 'remote-user': 'carol', 'remote-groups': 'staff,dash-admins' }
    const answer = await call('POST', '/api/session/proxy', named)
    expect(answer.status).toBe(201)
    const { role, secret } = JSON.parse(answer.text) as SignedIn
    expect(role).toBe('admin')
    const keys = { cookie: cookieOf(answer), 'x-composure-secret': secret }
    const read = (headers: Record<string, string>, from?: string) =>
      call('GET', '/api/containers', { ...keys, ...headers }, from).then(({ status }) => status)
    expect(await read({ 'remote-user': 'carol' })).toBe(200)
    expect(await read({})).toBe(401)
    expect(await read({ 'remote-user': 'dave' })).toBe(401)
    // Past the proxy: the same cookie, the same header, from anywhere else.
    expect(await read({ 'remote-user': 'carol' }, '127.0.0.2')).toBe(401)
  })

  test('believes the header from nobody else, nor twice, nor by our own inner name', async () => {
    const statusOf = async (headers: Record<string, string>, from?: string, of = behind) =>
      (await call('POST', '/api/session/proxy', headers, from, of)).status
    expect(await statusOf({ 'remote-user': 'mallory' }, '127.0.0.3')).toBe(404)
    expect(await statusOf({})).toBe(404)
    expect(await statusOf({ 'x-composure-proxy-user': 'mallory' })).toBe(404)
    expect(await statusOf({ 'remote-user': 'admin' })).toBe(409)
    expect(await statusOf({ 'remote-user': 'mallory' }, '127.0.0.1', server)).toBe(404)
  })

  test('without trusted proxies it does not start', async () => {
    await expect(startServer({ COMPOSURE_AUTH_HEADER: 'Remote-User' })).rejects.toThrow(
      /COMPOSURE_TRUSTED_PROXIES/,
    )
    await expect(startServer({ COMPOSURE_AUTH_ROLES: 'x' })).rejects.toThrow(/COMPOSURE_AUTH_ROLES/)
  })
})

import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MadeToken } from '#lib/api/people'
import { roleIncludes, roles } from '#lib/api/roles'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { addPerson, type Answer, ask, codeOf, headersOf, type Person, send } from './front-client.ts'
import { listRoutes, type Route } from './front-routes.ts'

// Generated from the file tree: every route, page and socket against everybody who may come. A new route is in it by being there.
const root = join(import.meta.dirname, '../..')
const routes = await listRoutes()
const named = routes.map((route) => [`${route.method} ${route.path}`, route] as const)

let server: ServerProcess
let readOnly: ServerProcess
let withoutShells: ServerProcess
let people: Record<'viewer' | 'operator' | 'admin' | 'limited', Person>
let tokens: Record<'viewer' | 'operator' | 'admin', string>

beforeAll(async () => {
  ;[server, readOnly, withoutShells] = await Promise.all([
    startServer(),
    startServer({ COMPOSURE_READ_ONLY: '1' }),
    startServer({ COMPOSURE_EXEC: 'off' }),
  ])
  const [viewer, operator, admin] = roles.map((role) => addPerson(server, role))
  if (!viewer || !operator || !admin) throw new Error('three roles')
  people = { viewer, operator, admin, limited: addPerson(server, 'operator', ['no-such-project']) }
  const made = await Promise.all(
    roles.map((role) =>
      send<MadeToken>(server, admin, 'POST', '/api/tokens', { name: role, role, lifetimeDays: 1 }),
    ),
  )
  const [a, b, c] = made.map(({ body }) => body.token)
  tokens = { viewer: a ?? '', operator: b ?? '', admin: c ?? '' }
}, 120_000)
afterAll(async () => {
  await Promise.all([server.stop(), readOnly.stop(), withoutShells.stop()])
})

/** An address of the route that names nothing that exists. */
function addressOf({ path }: Route): string {
  return path.replaceAll(/\{[^}]+\}/g, 'ffffffffffff')
}

const isChange = ({ method }: Route): boolean => method !== 'GET'

function call(route: Route, who: Person | { token: string } | null, of = server): Promise<Answer> {
  return send(of, who, route.method, addressOf(route), isChange(route) ? {} : undefined)
}

/** A stream that was let in does not end; its head is enough. */
async function statusOf(route: Route, headers: Record<string, string>, of = server): Promise<number> {
  const gone = new AbortController()
  const answer = await fetch(of.url + addressOf(route), { headers, signal: gone.signal })
  gone.abort()
  return answer.status
}

describe.each(named)('%s', (_, route) => {
  const { policy } = route
  const needed = policy?.role ?? 'anonymous'

  test('lets in each role and each token by its policy', async () => {
    if (needed === 'anonymous') return
    for (const role of roles) {
      const mayRole = roleIncludes(role, needed)
      // What would change something is only tried by those who may not.
      if (!mayRole || !isChange(route)) {
        const refused = mayRole ? null : 'role_too_low'
        if (mayRole && policy?.isStream)
          expect(await statusOf(route, headersOf(server, people[role]))).not.toBeOneOf([401, 403])
        else expect([role, isRefusal(codeOf(await call(route, people[role])))]).toEqual([role, refused])
      }
      const byToken = policy?.isForPeople ? 'people_only' : mayRole ? null : 'role_too_low'
      if (byToken !== null)
        expect([role, codeOf(await call(route, { token: tokens[role] }))]).toEqual([role, byToken])
      else if (!isChange(route))
        expect(await statusOf(route, { authorization: `Bearer ${tokens[role]}` })).not.toBeOneOf([401, 403])
    }
    expect(codeOf(await call(route, { token: `${tokens.admin}x` }))).toBe('token_refused')
  })

  test('shows somebody limited to projects nothing of another', async () => {
    if (needed === 'anonymous' || !roleIncludes('operator', needed)) return
    const { reach } = policy ?? {}
    if (reach === 'open' || reach === 'filtered') return
    const code = codeOf(await call(route, people.limited))
    if (reach === undefined) expect(code).toBe('out_of_reach')
    else expect(code).toBe(reach === 'project' ? 'not_found' : `${reach}_not_found`)
  })

  test('changes nothing on a dashboard that only reads', async () => {
    if (!isChange(route) || policy?.isReadOnlySafe) return
    const admin = addPerson(readOnly, 'admin')
    expect(codeOf(await call(route, admin, readOnly))).toBe('read_only')
  })

  test('is the same behind every other spelling of its address, and with headers that mean something to a framework', async () => {
    if (needed === 'anonymous') return
    const address = addressOf(route)
    const spellings = [
      '.rsc',
      '.json',
      '.js',
      '.css',
      '/',
      '?_rsc=1',
      '/index.rsc',
      '.segments/x/__PAGE__.segment.rsc',
    ]
    const odd = [
      `/${address}`,
      `/.${address}`,
      address.replace('/api/', '/api/./'),
      address.replace('/api/', '/api/%2e/'),
      `${address};x`,
    ].filter((path) => path !== address)
    const ask1 = (path: string, headers: Record<string, string> = {}) =>
      ask(server, {
        method: route.method,
        path,
        headers: { origin: server.url, ...(isChange(route) ? { 'content-length': '0' } : {}), ...headers },
      })
    for (const spelling of [...spellings.map((end) => address + end), address.toUpperCase()]) {
      const { status, text } = await ask1(spelling)
      // Outside /api a page says that there is nothing here; as the router's data it is a 200, with the way to the door.
      const isDoor = !address.startsWith('/api/') && status === 200 && !text.includes('# HELP')
      if (!isDoor) expect([spelling, status]).toEqual([spelling, expect.toBeOneOf([307, 308, 401, 404, 405])])
    }
    for (const spelling of odd) expect([spelling, (await ask1(spelling)).status]).toEqual([spelling, 400])
    const tricks: Record<string, string>[] = [
      { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
      { 'x-nextjs-data': '1', 'x-now-route-matches': '1=x', 'x-matched-path': '/api/health' },
      { 'x-middleware-rewrite': '/api/health', 'next-router-segment-prefetch': '/_tree' },
      { 'x-composure-origin': server.url, 'x-composure-ip': '10.0.0.1', 'x-composure-proxy-user': 'admin' },
      { 'remote-user': 'admin', 'x-forwarded-user': 'admin' },
    ]
    for (const headers of tricks) expect(codeOf(await ask1(address, headers))).toBe('not_signed_in')
    expect((await ask1(address, { host: 'evil.example' })).status).toBe(421)
  })
})

/** The code if it is one that keeps somebody out; null for what else may be wrong with an address that names nothing. */
function isRefusal(code: string): string | null {
  return ['role_too_low', 'not_signed_in', 'secret_missing', 'origin_refused', 'out_of_reach'].includes(code)
    ? code
    : null
}

test('with shells switched off none of their routes is there, for admins neither', async () => {
  const admin = addPerson(withoutShells, 'admin')
  const shells = routes.filter(({ path, method }) => path.includes('/exec') && method !== 'GET')
  expect(shells.length).toBeGreaterThan(2)
  for (const route of shells) {
    const answer = await call(route, admin, withoutShells)
    expect([route.path, answer.status]).toEqual([route.path, 404])
  }
})

test.each(
  globSync('**/page.tsx', { cwd: join(root, 'app') })
    .filter((file) => !file.startsWith('(door)'))
    .map((file) =>
      `/${file.replace(/\/?page\.tsx$/, '')}`
        .replaceAll(/\([^)]+\)\/?/g, '')
        .replaceAll(/\[[^\]]+\]/g, 'ffffffffffff'),
    ),
)('the page %s sends strangers away, also with a token that is none', async (path) => {
  const strangers: Record<string, string>[] = [
    {},
    { authorization: 'Bearer cmp_nothing' },
    { rsc: '1' },
    { cookie: 'composure-1=x' },
  ]
  for (const headers of strangers) {
    const answer = await ask(server, { path, headers })
    expect(answer.text).not.toContain('aria-label="Main"')
    if (!('rsc' in headers)) expect([path, answer.status]).toEqual([path, 307])
  }
  const signedIn = await ask(server, { path, headers: { cookie: people.viewer.cookie } })
  expect([path, signedIn.status]).toEqual([path, expect.toBeOneOf([200, 307, 404])])
})

test('every socket is one of those whose door is tested', () => {
  const files = globSync('server/**/*.ts', { cwd: root })
  const patterns = files.flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/registerUpgrade\(\{\s*pattern: '([^']+)'/g)].map(
      ([, pattern]) => pattern,
    ),
  )
  // tests/engine/front.test.ts, "a socket", and people.test.ts walk these.
  expect(patterns).toEqual(['/ws/exec/:sessionId'])
})

describe('a dashboard that only reads', () => {
  test('still lets people in and read, and manage who may', async () => {
    const admin = addPerson(readOnly, 'admin')
    expect((await send(readOnly, admin, 'GET', '/api/containers')).status).toBe(200)
    const made = await send(readOnly, admin, 'POST', '/api/users', { name: 'guest', role: 'viewer' })
    expect(made.status).toBe(201)
    expect((await send(readOnly, admin, 'DELETE', '/api/session')).status).toBe(204)
  })
})

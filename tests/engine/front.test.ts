import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { addPerson, type Ask, ask, askRaw, change, codeOf, type Person } from './front-client.ts'
import { listRoutes } from './front-routes.ts'

let server: ServerProcess
let admin: Person
let operator: Person
let viewer: Person
const routes = await listRoutes()

beforeAll(async () => {
  server = await startServer()
  admin = addPerson(server, 'admin')
  operator = addPerson(server, 'operator')
  viewer = addPerson(server, 'viewer')
})
afterAll(async () => {
  expect(await server.stop()).toBe(0)
})

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': expect.stringContaining('camera=()'),
  'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
}

describe('the Host', () => {
  test.each([
    'evil.example',
    '127.0.0.1.nip.io:PORT',
    'localhost',
    '127.0.0.1',
    'localhost:1',
    'localhost:PORT.evil.example',
  ])('%s is refused, on pages, API, files and sockets', async (name) => {
    const host = name.replace('PORT', String(server.port))
    for (const path of ['/', '/sign-in', '/api/health', '/api/live', '/_next/static/x.js', '/ws/exec/1']) {
      const answer = await ask(server, {
        path,
        headers: { host, cookie: admin.cookie, origin: `http://${host}` },
      })
      expect([path, answer.status]).toEqual([
        path,
        host.includes('PORT.evil') ? 400 : expect.toBeOneOf([400, 421]),
      ])
      expect(answer.text).not.toContain('<html')
    }
  })

  test('is one of the names of this machine, in any case', async () => {
    for (const host of [`localhost:${server.port}`, `LOCALHOST:${server.port}`, `[::1]:${server.port}`])
      expect((await ask(server, { path: '/api/health', headers: { host } })).status).toBe(200)
  })

  test.each([
    ['no Host', 'GET /api/health HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['no Host in HTTP/1.0', 'GET /api/health HTTP/1.0\r\n\r\n'],
    [
      'two Hosts',
      'GET /api/health HTTP/1.1\r\nHost: HERE\r\nHost: evil.example\r\nConnection: close\r\n\r\n',
    ],
    ['absolute form', 'GET http://169.254.169.254/ HTTP/1.1\r\nHost: HERE\r\nConnection: close\r\n\r\n'],
    [
      'CL and TE',
      'POST /api/session HTTP/1.1\r\nHost: HERE\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['no HTTP', 'hello\r\n\r\n'],
  ])('%s is malformed', async (_, bytes) => {
    const answer = await askRaw(server, bytes.replace('HERE', `127.0.0.1:${server.port}`))
    expect(answer).toMatch(/^HTTP\/1\.1 400 /)
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff')
  })
})

describe('every route', () => {
  test('is made by handle, and says what it does to the audit when it changes something', () => {
    expect(routes.length).toBeGreaterThan(10)
    for (const { method, path, policy } of routes) {
      const name = `${method} ${path}`
      expect([name, policy]).toEqual([name, expect.objectContaining({ role: expect.any(String) })])
      if (method !== 'GET')
        expect([name, policy?.action ?? policy?.unaudited]).toEqual([name, expect.any(String)])
      else expect([name, policy?.action]).toEqual([name, undefined])
    }
  })

  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s lets nobody in who may not',
    async (_, { method, path, policy }) => {
      const here = path.replace(/\{[^}]+\}/g, 'ffffffffffff')
      const json = { origin: server.url, 'content-type': 'application/json', 'content-length': '2' }
      const changes = method !== 'GET'
      const ask1 = (headers: Record<string, string>) =>
        ask(server, {
          method,
          path: here,
          headers: { ...(changes ? json : {}), ...headers },
          ...(changes ? { body: '{}' } : {}),
        })
      if (changes) {
        const secret = { cookie: admin.cookie, 'x-composure-secret': admin.secret }
        for (const origin of [
          'http://evil.example',
          'null',
          `https://127.0.0.1:${server.port}`,
          'http://127.0.0.1:9999',
          '',
        ])
          expect(codeOf(await ask1({ ...secret, origin }))).toBe('origin_refused')
        expect(codeOf(await ask1({ ...secret, 'sec-fetch-site': 'same-site' }))).toBe('origin_refused')
        expect(codeOf(await ask1({ ...secret, 'content-type': 'text/plain' }))).toBe('not_json')
      }
      if (policy?.role === 'anonymous') return
      expect(codeOf(await ask1({}))).toBe('not_signed_in')
      expect(codeOf(await ask1({ cookie: `composure-${server.port}=${'A'.repeat(43)}` }))).toBe(
        'not_signed_in',
      )
      // The cookie alone, as a page on another port of this host would have it.
      if (changes || policy?.isStream) {
        expect(codeOf(await ask1({ cookie: admin.cookie }))).toBe('secret_missing')
        expect(codeOf(await ask1({ cookie: admin.cookie, 'x-composure-secret': viewer.secret }))).toBe(
          'secret_missing',
        )
      }
      const lower =
        policy?.role === 'admin' ? [viewer, operator] : policy?.role === 'operator' ? [viewer] : []
      for (const person of lower)
        expect(codeOf(await ask1({ cookie: person.cookie, 'x-composure-secret': person.secret }))).toBe(
          'role_too_low',
        )
    },
  )
})

describe('pages', () => {
  test.each(['/', '/containers', '/images', '/networks', '/volumes'])(
    '%s is for people who are signed in',
    async (path) => {
      const tricks: Record<string, string> = {
        'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware',
        'x-nextjs-data': '1',
        'x-now-route-matches': '1=x',
        'x-matched-path': '/sign-in',
        'x-middleware-rewrite': '/sign-in',
        'x-composure-origin': server.url,
        'x-composure-path': '/sign-in',
        'x-forwarded-host': 'evil.example',
      }
      const variants: Record<string, string>[] = [
        {},
        tricks,
        { rsc: '1' },
        { rsc: '1', 'next-router-prefetch': '1' },
      ]
      for (const headers of variants) {
        const answer = await ask(server, { path, headers })
        expect(answer.text).not.toContain('aria-label="Main"')
        if (!('rsc' in headers))
          expect([answer.status, String(answer.headers.location)]).toEqual([
            307,
            expect.stringMatching(/^\/sign-in/),
          ])
      }
    },
  )

  test.each(['//', '/./', '/%2e', '/%2E%2e/', '/containers/..%2f', '/a;b', '/api/%2e%2e/', '/%00', '/\\x'])(
    'a path like %s is malformed',
    async (path) => expect((await ask(server, { path })).status).toBe(400),
  )

  test('an odd spelling of a protected path opens nothing', async () => {
    const odd = [
      '/api/audit.rsc',
      '/api/audit/',
      '/API/AUDIT',
      '/api/audit.json',
      '/api/audit.js',
      '/api/audit?_rsc=1',
      '/index.rsc',
    ]
    for (const path of odd) {
      const answer = await ask(server, { path })
      // A page's data for Next's own router is a 200 that only says where to go.
      const isRedirect = answer.text.includes('NEXT_REDIRECT;replace;/sign-in')
      expect([path, isRedirect ? 307 : answer.status]).toEqual([path, expect.toBeOneOf([307, 308, 401, 404])])
      expect(answer.text).not.toContain('"entries"')
      expect(answer.text).not.toContain('"containers":')
    }
  })

  test('nothing is posted to them, and there are no Server Actions', async () => {
    const headers = {
      cookie: admin.cookie,
      origin: server.url,
      'next-action': 'x',
      'content-type': 'multipart/form-data; boundary=x',
    }
    expect((await ask(server, { method: 'POST', path: '/', headers })).status).toBe(405)
    expect((await ask(server, { method: 'POST', path: '/api/session', headers })).status).toBe(405)
    expect((await ask(server, { method: 'TRACE', path: '/' })).status).toBe(405)
  })

  test('the image optimiser is not there', async () => {
    const path = '/_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=640&q=75'
    expect((await ask(server, { path })).status).toBeGreaterThanOrEqual(400)
  })
})

describe('an answer', () => {
  test('carries the security headers whatever it is', async () => {
    const signedIn = { cookie: admin.cookie }
    const script =
      /\/_next\/static\/[^"]+\.js/.exec((await ask(server, { path: '/sign-in' })).text)?.[0] ?? ''
    const asked: Ask[] = [
      { path: '/sign-in' },
      { path: '/nowhere', headers: signedIn },
      { path: '/api/nowhere' },
      { path: '/api/audit' },
      { path: '/api/audit?limit=x', headers: signedIn },
      { path: '/api/health' },
      { path: script },
      { path: '/', headers: { host: 'evil.example' } },
      { path: '//' },
      { method: 'OPTIONS', path: '/api/session', headers: { origin: 'http://evil.example' } },
    ]
    for (const each of asked) {
      const answer = await ask(server, each)
      expect([each.path, answer.headers]).toEqual([each.path, expect.objectContaining(securityHeaders)])
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
      expect(answer.headers['x-powered-by']).toBeUndefined()
    }
  })

  test.each(['/sign-in', '/nowhere', '/'])('of %s has a fresh nonce on every script', async (path) => {
    const nonces = new Set<string>()
    for (let round = 0; round < 2; round += 1) {
      const { headers, text } = await ask(server, {
        path,
        headers: { cookie: path === '/sign-in' ? '' : admin.cookie },
      })
      const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1] ?? ''
      const scripts = text.match(/<script\b[^>]*>/g) ?? []
      expect(scripts.length).toBeGreaterThan(0)
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(2)
  })

  test('to a body that is too large comes before the body', async () => {
    const large = { method: 'POST', path: '/api/session', headers: { 'content-length': '50000000' } }
    const lines = `POST ${large.path} HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nContent-Length: 50000000\r\n\r\n`
    expect(await askRaw(server, lines)).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('to anybody who asks for its health says no more than that it lives', async () => {
    expect((await ask(server, { path: '/api/health' })).text).toBe('{"status":"ok"}')
    const ready = JSON.parse((await ask(server, { path: '/api/health/ready' })).text) as object
    expect(Object.keys(ready).sort()).toEqual(['engine', 'isReady', 'recording', 'store'])
  })

  test('that goes on passes every proxy at once and as it is', async () => {
    const gone = new AbortController()
    const answer = await fetch(`${server.url}/api/live`, {
      headers: { cookie: admin.cookie, 'x-composure-secret': admin.secret },
      signal: gone.signal,
    })
    const first = await answer.body?.getReader().read()
    gone.abort()
    expect(new TextDecoder().decode(first?.value)).toContain('event: hello')
    expect(answer.headers.get('cache-control')).toContain('no-transform')
    expect(answer.headers.get('x-accel-buffering')).toBe('no')
  })

  test('to a header that is too large is 431', async () => {
    const lines = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`
    expect(await askRaw(server, lines)).toMatch(/^HTTP\/1\.1 431 /)
  })
})

describe('a socket', () => {
  const upgrade = (path: string, headers: Record<string, string>) =>
    askRaw(
      server,
      [
        `GET ${path} HTTP/1.1`,
        ...Object.entries({
          Host: `127.0.0.1:${server.port}`,
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
          ...headers,
        }).map(([name, value]) => `${name}: ${value}`),
        '',
        '',
      ].join('\r\n'),
    )

  test.each([
    ['another Host', 421, { Host: 'evil.example', Origin: 'http://evil.example' }],
    ['another Origin', 403, { Origin: 'http://evil.example' }],
    ['no Origin', 403, {}],
    ['Origin null', 403, { Origin: 'null' }],
    ['another port', 403, { Origin: 'http://127.0.0.1:9' }],
    ['nobody', 401, { Origin: 'HERE' }],
    ['a token in the URL', 401, { Origin: 'HERE' }],
    ['no ticket', 401, { Origin: 'HERE', Cookie: 'ADMIN', 'Sec-WebSocket-Protocol': 'composure.exec' }],
    [
      'a shell that is not there',
      404,
      { Origin: 'HERE', Cookie: 'ADMIN', 'Sec-WebSocket-Protocol': 'composure.exec, composure.ticket.AAAA' },
    ],
    [
      'a viewer',
      403,
      { Origin: 'HERE', Cookie: 'VIEWER', 'Sec-WebSocket-Protocol': 'composure.exec, composure.ticket.AAAA' },
    ],
  ])('of %s is refused with %i before it is one', async (_, status, headers) => {
    const words = JSON.stringify(headers)
      .replaceAll('HERE', server.url)
      .replaceAll('ADMIN', admin.cookie)
      .replaceAll('VIEWER', viewer.cookie)
    const answer = await upgrade('/ws/exec/ffffffffffff?token=x', JSON.parse(words) as Record<string, string>)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff')
  })

  test.each(['/', '/ws', '/ws/', '/ws/other/1', '/api/live', '/_next/hmr'])(
    'at %s is not there',
    async (path) => {
      const answer = await upgrade(path, { Origin: server.url, Cookie: admin.cookie })
      expect(answer).toMatch(/^HTTP\/1\.1 404 /)
    },
  )
})

describe('signing in', () => {
  const signIn = (userName: string, password: string, localAddress: string, headers = {}) => {
    const asked = change(server, { userName, password })
    return ask(server, {
      ...asked,
      path: '/api/session',
      localAddress,
      headers: { ...asked.headers, ...headers },
    })
  }

  test('sets a cookie scripts cannot read, keeps only hashes, and rotates', async () => {
    const first = await signIn('admin', 'only for tests', '127.0.0.1')
    const second = await signIn('admin', 'only for tests', '127.0.0.1')
    expect(first.status).toBe(201)
    expect(String(first.headers['set-cookie'])).toMatch(
      new RegExp(`^composure-${server.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict; Max-Age=\\d+$`),
    )
    expect(String(first.headers['set-cookie'])).not.toBe(String(second.headers['set-cookie']))
  })

  test('is limited for an address, not for everybody, whatever X-Forwarded-For says', async () => {
    const tried = []
    for (let count = 0; count < 11; count += 1)
      tried.push(await signIn('bob', 'wrong', '127.0.0.7', { 'x-forwarded-for': `10.0.0.${count}` }))
    expect(tried.slice(0, 10).map(codeOf)).toEqual(Array(10).fill('wrong_credentials'))
    expect(codeOf(tried[10] ?? { status: 0, headers: {}, text: '' })).toBe('too_many_attempts')
    expect(Number(tried[10]?.headers['retry-after'])).toBeGreaterThan(0)
    expect((await signIn('admin', 'only for tests', '127.0.0.7')).status).toBe(429)
    expect((await signIn('admin', 'only for tests', '127.0.0.8')).status).toBe(201)
  })

  test('hostile names stay one line of the log', async () => {
    await signIn('a\n{"level":"fatal"}', 'x', '127.0.0.9')
    for (const line of server
      .output()
      .trim()
      .split('\n')
      .filter((each) => each.includes('fatal')))
      expect(() => JSON.parse(line)).not.toThrow()
  })

  test('ends with signing out: the cookie is worth nothing, the streams end', async () => {
    const person = addPerson(server, 'viewer')
    const whole = { cookie: person.cookie, 'x-composure-secret': person.secret }
    const stream = ask(server, { path: '/api/live', headers: whole })
    await expect
      .poll(async () => (await ask(server, { path: '/api/session', headers: whole })).status)
      .toBe(200)
    const out = await ask(server, {
      method: 'DELETE',
      path: '/api/session',
      headers: { ...whole, origin: server.url },
    })
    expect([out.status, String(out.headers['set-cookie'])]).toEqual([
      204,
      expect.stringContaining('Max-Age=0'),
    ])
    expect((await stream).text).toContain('signed-out')
    expect((await ask(server, { path: '/api/session', headers: whole })).status).toBe(401)
  })
})

describe('the audit', () => {
  test('has what was done and what was refused, and is for admins', async () => {
    const asked = change(server, {})
    await ask(server, {
      ...asked,
      path: '/api/images/pull',
      headers: { ...asked.headers, cookie: viewer.cookie, 'x-composure-secret': viewer.secret },
    })
    const { text } = await ask(server, { path: '/api/audit?limit=500', headers: { cookie: admin.cookie } })
    const { entries } = JSON.parse(text) as {
      entries: { action: string; result: string; error: string | null; role: string }[]
    }
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: 'image.pull',
        result: 'denied',
        error: 'role_too_low',
        role: 'viewer',
      }),
    )
    expect(entries).toContainEqual(
      expect.objectContaining({ action: 'session.sign_in', result: 'ok', targetName: 'admin' }),
    )
  })

  test('cannot be changed, not even by us', async () => {
    const { DatabaseSync } = await import('node:sqlite')
    const store = new DatabaseSync(`${server.dataDir}/composure.db`, { timeout: 5000 })
    expect(() => store.exec("UPDATE audit SET result = 'ok' WHERE result = 'denied'")).toThrow(/append-only/)
    expect(() => store.exec('DELETE FROM audit')).toThrow(/append-only/)
    store.close()
  })
})

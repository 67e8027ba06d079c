import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { addPerson, ask, change, headersOf, type Person } from './front-client.ts'
import { listRoutes } from './front-routes.ts'

const routes = (await listRoutes()).filter(({ path }) => path.includes('{'))
let server: ServerProcess
let admin: Person

beforeAll(async () => {
  server = await startServer()
  admin = addPerson(server, 'admin')
})
afterAll(async () => {
  await server.stop()
})

const odd = [
  '..',
  '../x',
  '.',
  'a/b',
  '%2e%2e',
  '..%2f',
  '-h',
  '--help',
  'A A',
  'x'.repeat(5_000),
  'a\0b',
  'a\nb',
  '$(id)',
  'a;id',
  '`id`',
  '\u202Egnp',
  '__proto__',
]

test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s takes no odd name for one',
  async (_, { method, path }) => {
    const isChange = method !== 'GET'
    for (const name of odd) {
      const json = { 'content-type': 'application/json', 'content-length': '2' }
      const { status, text } = await ask(server, {
        method,
        path: path.replaceAll(/\{[^}]+\}/g, encodeURIComponent(name)),
        headers: { ...headersOf(server, admin), ...(isChange ? json : {}) },
        ...(isChange ? { body: '{}' } : {}),
      })
      // 409 says that there are no files of such a project; what somebody has of it is nothing.
      const isNothing = text === '' || text === '[]' || (/"\w+":\[\]/.test(text) && !text.includes(name))
      if (status > 204) expect([name, status]).toEqual([name, expect.toBeOneOf([400, 404, 405, 409])])
      else expect([name, isNothing ? 'nothing' : text]).toEqual([name, 'nothing'])
      expect(text).not.toMatch(/uid=\d|ENOENT|ENAMETOOLONG/)
    }
  },
)

test('a request whose head comes a byte at a time is cut off', async () => {
  const socket = connect(server.port, '127.0.0.1')
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  let answer = ''
  socket.on('data', (part) => (answer += part.toString()))
  socket.on('error', () => {})
  socket.write(`GET /api/health HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n`)
  const drip = setInterval(() => socket.write('X'), 1_000)
  await closed
  clearInterval(drip)
  expect(answer === '' || answer.startsWith('HTTP/1.1 408 ')).toBe(true)
}, 60_000)

describe('a flood of wrong passwords', () => {
  test('from 50 addresses keeps nobody out who knows theirs and was here before', async () => {
    const signIn = (userName: string, password: string, localAddress: string) =>
      ask(server, { ...change(server, { userName, password }), path: '/api/session', localAddress })
    const known = '127.0.3.1'
    expect((await signIn('admin', 'only for tests', known)).status).toBe(201)
    let isOver = false
    const flood = Array.from({ length: 50 }, async (_, index) => {
      const seen = new Set<number>()
      for (let count = 0; count < 20 || !isOver; count += 1)
        seen.add((await signIn('admin', `wrong ${count}`, `127.0.2.${index + 1}`)).status)
      return seen
    })
    const stranger = () => signIn('admin', 'only for tests', '127.0.3.2')
    await expect.poll(async () => (await stranger()).status, { timeout: 30_000 }).toBe(429)
    const statuses: number[] = []
    for (let tries = 0; tries < 3 && statuses.at(-1) !== 201; tries += 1)
      statuses.push((await signIn('admin', 'only for tests', known)).status)
    isOver = true
    expect(statuses.at(-1)).toBe(201)
    for (const seen of await Promise.all(flood)) expect([...seen]).not.toContain(201)
  }, 60_000)
})

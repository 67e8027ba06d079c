import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { addPerson, ask, change, codeOf } from './front-client.ts'

async function withServer(
  env: Record<string, string | undefined>,
  run: (server: ServerProcess) => Promise<void>,
): Promise<void> {
  const server = await startServer(env)
  try {
    await run(server)
  } finally {
    if (server.process.exitCode === null) await server.stop()
  }
}

const codesOf = (server: ServerProcess) =>
  [...server.output().matchAll(/first-run code: ([0-9A-Z-]+)/g)].map((match) => match[1] ?? '')

test('without a configured password the log has a code, and exactly one of many at once sets up', async () => {
  await withServer({ COMPOSURE_PASSWORD: undefined }, async (server) => {
    const [code = ''] = codesOf(server)
    expect(code.replaceAll('-', '')).toMatch(/^[0-9A-Z]{26,}$/)
    const setUp = (with_: string) => {
      const asked = change(server, { code: with_, password: 'a long enough one' })
      return ask(server, { ...asked, path: '/api/setup' })
    }
    expect(codeOf(await setUp('0000-0000'))).toBe('setup_code_wrong')
    const answers = await Promise.all(Array.from({ length: 5 }, () => setUp(code)))
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter((answer) => codeOf(answer) === 'already_set_up')).toHaveLength(4)
    expect(codeOf(await setUp(code))).toBe('already_set_up')
    expect(statSync(join(server.dataDir, 'composure.db')).mode & 0o777).toBe(0o600)
  })
})

test('each start without a user prints another code', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'composure-front-'))
  const codes: string[] = []
  for (let start = 0; start < 2; start += 1)
    await withServer({ COMPOSURE_PASSWORD: undefined, COMPOSURE_DATA_DIR: dataDir }, async (server) => {
      codes.push(...codesOf(server))
    })
  expect(codes).toHaveLength(2)
  expect(codes[0]).not.toBe(codes[1])
})

test('SIGTERM ends open streams with a good-bye, and the process with status 0', async () => {
  await withServer({}, async (server) => {
    const person = addPerson(server, 'viewer')
    const headers = { cookie: person.cookie, 'x-composure-secret': person.secret }
    const stream = await fetch(`${server.url}/api/live`, { headers })
    const reader = stream.body?.getReader()
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('hello')
    const ended = new Promise((resolve) => server.process.once('exit', resolve))
    const asked = Date.now()
    server.process.kill('SIGTERM')
    let text = ''
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read())
      text += new TextDecoder().decode(part.value)
    expect(text).toContain('shutdown')
    expect(await ended).toBe(0)
    // Compose kills after 10 s; ours is the promise of 5.
    expect(Date.now() - asked).toBeLessThan(5000)
  })
})

test('a port that is taken, a directory that cannot be written and a wrong setting each end with one clear line', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'composure-front-')), 'file')
  writeFileSync(file, '')
  await withServer({}, async (server) => {
    await expect(startServer({ PORT: String(server.port) })).rejects.toThrow(/status 1:[^]*is taken/)
  })
  await expect(startServer({ COMPOSURE_DATA_DIR: join(file, 'x') })).rejects.toThrow(
    /status 1:[^]*COMPOSURE_DATA_DIR/,
  )
  await expect(startServer({ PORT: 'x' })).rejects.toThrow(/status 1:[^]*PORT must be/)
  await expect(startServer({ COMPOSURE_PASSWORD: 'short' })).rejects.toThrow(/status 1:[^]*10 to 1024/)
})

test('behind https the cookie is __Host- and Secure, and only the https Origin counts', async () => {
  await withServer({ COMPOSURE_URL: 'https://dash.test' }, async (server) => {
    const signIn = (origin: string, host: string) => {
      const asked = change(server, { userName: 'admin', password: 'only for tests' })
      return ask(server, { ...asked, path: '/api/session', headers: { ...asked.headers, origin, host } })
    }
    const answer = await signIn('https://dash.test', 'dash.test')
    expect(String(answer.headers['set-cookie'])).toMatch(/^__Host-composure-443=.*; Path=\/; .*; Secure$/)
    expect(String(answer.headers['strict-transport-security'])).toContain('max-age')
    expect(codeOf(await signIn('http://dash.test', 'dash.test'))).toBe('origin_refused')
  })
})

test('X-Forwarded-For counts only from a trusted proxy', async () => {
  await withServer({ COMPOSURE_TRUSTED_PROXIES: '127.0.0.0/8' }, async (server) => {
    const attempt = (address: string) => {
      const asked = change(server, { userName: 'bob', password: 'wrong' })
      const headers = { ...asked.headers, 'x-forwarded-for': `1.2.3.4, ${address}` }
      return ask(server, { ...asked, path: '/api/session', headers })
    }
    for (let count = 0; count < 10; count += 1) await attempt('10.0.0.1')
    expect((await attempt('10.0.0.1')).status).toBe(429)
    expect((await attempt('10.0.0.2')).status).toBe(401)
  })
})

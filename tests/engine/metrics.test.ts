import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Health } from '#lib/api/health'
import { startServer, type ServerProcess } from '../browser/server-process.ts'
import { addPerson, ask } from './front-client.ts'

let server: ServerProcess

beforeAll(async () => {
  server = await startServer({ LOG_LEVEL: 'debug' })
})
afterAll(() => server.stop())

const value = (text: string, name: string): number =>
  Number(new RegExp(`^${name.replace(/[{}"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1])

it('tells Prometheus its own numbers, only to who is signed in, and no name of anybody’s', async () => {
  expect((await ask(server, { path: '/metrics' })).status).toBe(401)
  const { cookie } = addPerson(server, 'viewer')
  const read = async (): Promise<string> =>
    (await ask(server, { path: '/metrics', headers: { cookie } })).text
  let text = await read()
  while (value(text, 'composure_engine_connected') !== 1) text = await read()
  expect(value(text, 'composure_http_requests_total{method="GET",status="401"}')).toBe(1)
  expect(value(text, 'composure_live_streams')).toBe(0)
  expect(value(text, 'process_open_fds')).toBeGreaterThan(0)
  const names = [...text.matchAll(/^# TYPE (\S+) /gm)].map((match) => match[1] ?? '')
  for (const name of names) expect(name).toMatch(/^(composure|process|nodejs)_[a-z0-9_]+$/)
  const labels = new Set([...text.matchAll(/(?:\{|,)([a-z_]+)="/g)].map((match) => match[1]))
  for (const own of ['method', 'status']) expect(labels).toContain(own)
  expect(labels).not.toContain('container')
})

it('says to anybody whether it is ready, and nothing more', async () => {
  const answer = await ask(server, { path: '/api/health/ready' })
  expect(answer.status).toBe(200)
  const health = JSON.parse(answer.text) as Health
  expect(Object.keys(health).sort()).toEqual(['engine', 'isReady', 'recording', 'store'])
  expect([health.isReady, health.engine, health.store]).toEqual([true, 'ok', 'ok'])
})

it('logs each request at debug with its id, without query or secret', async () => {
  const { cookie } = addPerson(server, 'viewer')
  const answer = await ask(server, { path: '/api/engine?token=HUSH_9f3', headers: { cookie } })
  const id = String(answer.headers['x-request-id'])
  while (!server.output().includes(id)) await new Promise((resolve) => setTimeout(resolve, 10))
  const line =
    server
      .output()
      .split('\n')
      .find((each) => each.includes(id)) ?? ''
  expect(JSON.parse(line)).toMatchObject({
    message: 'request',
    method: 'GET',
    path: '/api/engine',
    status: 200,
  })
  expect(server.output()).not.toContain('HUSH_9f3')
  expect(server.output()).not.toContain(cookie.split('=')[1])
})

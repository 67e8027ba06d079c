import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { makeClock } from '../fixtures/clock.ts'
import { addPerson, ask, headersOf, type Person, send } from './front-client.ts'

// The dashboard's clock is set, not waited for.
const hourMs = 3_600_000
const clock = makeClock()
let server: ServerProcess
let person: Person

beforeAll(async () => {
  server = await startServer({
    ...clock.env,
    COMPOSURE_SESSION_IDLE_HOURS: '24',
    COMPOSURE_SESSION_MAX_HOURS: '72',
  })
})
afterAll(async () => {
  await server.stop()
  clock.remove()
})
beforeEach(() => {
  clock.set(0)
  person = addPerson(server, 'admin')
})

const status = async () => (await send(server, person, 'GET', '/api/session')).status
/** The status when the clock stands at so many hours. */
function statusAt(hours: number): Promise<number> {
  clock.set(hours * hourMs)
  return status()
}

it('a session that nobody uses ends, to the hour', async () => {
  expect(await statusAt(23.9)).toBe(200)
  // That was a use: a day counts from there.
  expect(await statusAt(23.9 + 23.9)).toBe(200)
  expect(await statusAt(23.9 + 23.9 + 24.1)).toBe(401)
})

it('a session that is used all the time ends all the same', async () => {
  for (let hours = 0; hours < 72; hours += 12) expect(await statusAt(hours), String(hours)).toBe(200)
  expect(await statusAt(71.9)).toBe(200)
  expect(await statusAt(72.1)).toBe(401)
  expect((await send(server, person, 'GET', '/')).status).toBe(307)
})

it('what somebody watches ends with the session', async () => {
  const watched = ask(server, { path: '/api/live', headers: headersOf(server, person) })
  const metrics = async () => (await send(server, person, 'GET', '/metrics')).text
  await expect.poll(metrics).toContain('composure_live_streams 1')
  clock.set(72.1 * hourMs)
  const { status: answered, text } = await watched
  expect(answered).toBe(200)
  expect(text).toContain('event: bye\ndata: {"reason":"signed-out"}')
})

it('a clock that goes back ends nobody’s session, and a use in the future counts as one', async () => {
  expect(await statusAt(10)).toBe(200)
  expect(await statusAt(-10)).toBe(200)
  expect(await statusAt(0)).toBe(200)
})

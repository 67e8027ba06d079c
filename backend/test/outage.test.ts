import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Api, type Answer } from './support/api.ts'
import { Postgres } from './support/postgres.ts'
import { until } from './support/until.ts'

let postgres: Postgres
let databaseUrl: string

before(async () => {
  postgres = await Postgres.createRunning()
  databaseUrl = await postgres.createDatabase()
})
after(() => postgres?.remove())

function assertUnavailable({ status, headers, body }: Answer): void {
  assert.equal(status, 503)
  assert.match(headers.get('retry-after') ?? '', /^[1-9]\d*$/)
  assert.match(
    JSON.stringify(body),
    /^\{"error":\{"code":"database_unavailable","message":"[^"]*database [^"]+"\}\}$/,
  )
}

async function assertAliveButNotReady(api: Api): Promise<void> {
  assert.deepEqual((await api.get('/health')).body, { status: 'ok' })
  assertUnavailable(await api.get('/ready'))
  assertUnavailable(await api.get('/tasks'))
  assertUnavailable(await api.send('POST', '/tasks', { title: 'lost' }))
}

const isRetry = ({ msg }: { msg: string }) => msg === 'database not reachable, will try again'

test('a database that starts after the API is waited for, and every attempt is in the log', async () => {
  await postgres.stop()
  const api = new Api(databaseUrl, { DATABASE_CONNECT_ATTEMPTS: '1000' })
  await api.line('the third attempt', (line) => isRetry(line) && line['attempt'] === 3)
  await assertAliveButNotReady(api)

  await postgres.start()
  await api.ready()
  assert.equal((await api.send('POST', '/tasks', { title: 'kept' })).status, 201)

  const retries = api.log().filter(isRetry)
  for (const [index, line] of retries.entries()) {
    const ceilingMs = Math.min(200, 20 * 2 ** index)
    assert.ok(Number(line['delayMs']) >= 0 && Number(line['delayMs']) <= ceilingMs, JSON.stringify(line))
    const { level, attempt, connectAttempts, host, port } = line
    assert.deepEqual(
      [level, attempt, connectAttempts, host, port],
      ['warn', index + 1, 1000, '127.0.0.1', postgres.port],
    )
    assert.match(String(line['code']), /^(ECONNREFUSED|ECONNRESET|57P03|terminated|timeout)$/)
  }
  const ready = await api.line('that it is ready', ({ msg }) => msg === 'database ready')
  assert.equal(ready['attempt'], retries.length + 1)
  await api.stop()
})

test('a database that goes away and comes back: 503 meanwhile, the same process recovers by itself', async () => {
  const api = new Api(databaseUrl)
  await api.ready()
  await postgres.stop()
  await assertAliveButNotReady(api)
  await postgres.start()
  await api.ready()
  assert.equal((await api.get('/tasks')).status, 200)

  const lost = await api.line('that it was lost', ({ msg }) => msg.startsWith('database unavailable'))
  const back = await api.line('that it is back', ({ msg }) => msg === 'database is back')
  assert.deepEqual([lost.level, lost['host'], back.level], ['error', '127.0.0.1', 'info'])
  assert.equal(typeof lost['code'], 'string')
  assert.equal(api.log().filter(({ msg }) => msg.startsWith('database unavailable')).length, 1)
  await api.stop()
})

test('connections that are cut while idle harm nobody', async () => {
  const api = new Api(databaseUrl)
  await api.ready()
  await postgres.query(
    databaseUrl,
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'backend-app'",
  )
  await api.line('the lost connection', ({ msg, code }) => msg === 'idle connection lost' && code === '57P01')
  assert.equal((await api.get('/tasks')).status, 200)
  await api.stop()
})

test('a database that hangs without a word: requests end with 503, and work again when it goes on', async () => {
  const api = new Api(databaseUrl, { DATABASE_QUERY_TIMEOUT_MS: '300' })
  await api.ready()
  await postgres.freeze()
  try {
    await assertAliveButNotReady(api)
    const lost = await api.line('that it was lost', ({ msg }) => msg.startsWith('database unavailable'))
    assert.equal(lost['code'], 'timeout')
  } finally {
    await postgres.thaw()
  }
  await api.ready()
  assert.equal((await api.get('/tasks')).status, 200)
  await api.stop()
})

test('a statement that takes too long is ended by the server and answered with 503', async () => {
  const api = new Api(databaseUrl, { DATABASE_QUERY_TIMEOUT_MS: '300' })
  await api.ready()
  const blocker = await postgres.connect(databaseUrl)
  await blocker.query('begin; lock table tasks')
  assertUnavailable(await api.get('/tasks'))
  const lost = await api.line('that it was lost', ({ msg }) => msg.startsWith('database unavailable'))
  assert.equal(lost['code'], '57014')
  await blocker.end()
  await until('tasks answer again', async () => (await api.get('/tasks')).status === 200)
  await api.stop()
})

test('a volume that was replaced under the running API is migrated again', async () => {
  const own = await postgres.createDatabase()
  const api = new Api(own)
  await api.ready()
  await postgres.query(own, 'drop table tasks, schema_migrations')
  assertUnavailable(await api.get('/ready'))
  await api.ready()
  assert.equal((await api.send('POST', '/tasks', { title: 'in the new one' })).status, 201)
  await api.stop()
})

test('it gives up after the last attempt: exit code 1, and the last line says what to check', async () => {
  const nobody = 'postgresql://postgres:secret-word@127.0.0.1:1/backend_db'
  const api = new Api(nobody, { DATABASE_CONNECT_ATTEMPTS: '4' })
  assert.equal(await api.exitCode(), 1)
  assert.deepEqual(
    api
      .log()
      .filter(isRetry)
      .map((line) => [line['attempt'], line['code']]),
    [1, 2, 3].map((attempt) => [attempt, 'ECONNREFUSED']),
  )
  const last = api.log().at(-1)
  assert.equal(last?.level, 'fatal')
  assert.match(
    last?.msg ?? '',
    /^PostgreSQL at 127\.0\.0\.1:1 was not reachable in 4 attempts \(ECONNREFUSED\): check that it runs, that host and port in DATABASE_URL are right/,
  )
  assert.doesNotMatch(api.text(), /secret-word/)
})

test('a name that does not resolve is waited for too', async () => {
  const api = new Api('postgresql://postgres:secret-word@no-such-host.invalid/backend_db', {
    DATABASE_CONNECT_ATTEMPTS: '2',
  })
  assert.equal(await api.exitCode(), 1)
  assert.match(String(api.log().find(isRetry)?.['code']), /^(ENOTFOUND|EAI_AGAIN)$/)
})

const refusals: [string, () => string, RegExp][] = [
  [
    'a wrong password',
    () => postgres.url('postgres', 'wr0ng-word'),
    /refused the login of "postgres" \(28P01\): check user and password in DATABASE_URL$/,
  ],
  [
    'no password',
    () => `postgresql://postgres@127.0.0.1:${postgres.port}/postgres`,
    /refused the login of "postgres" \(no_password\): check user and password in DATABASE_URL$/,
  ],
  [
    'an unknown database',
    () => postgres.url('no_such_database'),
    /has no database "no_such_database" \(3D000\): check the name at the end of DATABASE_URL, or create it$/,
  ],
]

for (const [what, address, message] of refusals) {
  test(`${what} is not tried again: exit code 1, and the last line says what to check`, async () => {
    const api = new Api(address())
    assert.equal(await api.exitCode(), 1)
    assert.deepEqual(api.log().filter(isRetry), [])
    const last = api.log().at(-1)
    assert.equal(last?.level, 'fatal')
    assert.match(last?.msg ?? '', message)
    assert.doesNotMatch(api.text(), /wr0ng-word/)
  })
}

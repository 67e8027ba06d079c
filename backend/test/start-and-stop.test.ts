import assert from 'node:assert/strict'
import { Agent, get } from 'node:http'
import { after, before, test } from 'node:test'
import { Api } from './support/api.ts'
import { Postgres } from './support/postgres.ts'
import { until } from './support/until.ts'

let postgres: Postgres

before(async () => {
  postgres = await Postgres.createRunning()
})
after(() => postgres?.remove())

const migrations = ['0001_create_tasks.sql', '0002_index_tasks_by_status.sql']
const appliedBy = (api: Api) => api.log().find(({ msg }) => msg === 'database ready')?.['applied']

/** Number of sessions of this database that wait for a lock of this type. */
async function waiting(databaseUrl: string, lockType: string): Promise<number> {
  const rows = await postgres.query(
    databaseUrl,
    `select pid from pg_locks where not granted and locktype = '${lockType}'
     and database = (select oid from pg_database where datname = current_database())`,
  )
  return rows.length
}

test('instances that start at the same moment migrate once', async () => {
  const databaseUrl = await postgres.createDatabase()
  // Hold the lock until all of them wait for it, so that they race for certain.
  const holder = await postgres.connect(databaseUrl)
  await holder.query('select pg_advisory_lock(7305221114)')
  const apis = [1, 2, 3].map(() => new Api(databaseUrl))
  await until('three wait for the lock', async () => (await waiting(databaseUrl, 'advisory')) === 3)
  await holder.end()

  for (const api of apis) await api.ready()
  assert.deepEqual(
    apis.map((api) => JSON.stringify(appliedBy(api))).sort(),
    ['[]', '[]', JSON.stringify(migrations)].sort(),
  )
  const recorded = await postgres.query(databaseUrl, 'select name from schema_migrations order by name')
  assert.deepEqual(
    recorded.map(({ name }) => name),
    migrations,
  )
  for (const api of apis) await api.stop()
})

test('a second start finds nothing to do and loses nothing', async () => {
  const databaseUrl = await postgres.createDatabase()
  const first = new Api(databaseUrl)
  await first.ready()
  await first.send('POST', '/tasks', { title: 'kept' })
  await first.stop()
  const second = new Api(databaseUrl)
  await second.ready()
  assert.deepEqual(appliedBy(second), [])
  assert.match(JSON.stringify((await second.get('/tasks')).body), /"title":"kept"/)
  await second.stop()
})

test('a migration that was edited after it was applied stops the start', async () => {
  const databaseUrl = await postgres.createDatabase()
  const first = new Api(databaseUrl)
  await first.ready()
  await first.stop()
  await postgres.query(
    databaseUrl,
    `update schema_migrations set checksum = 'old' where name = '${migrations[0]}'`,
  )
  const second = new Api(databaseUrl)
  assert.equal(await second.exitCode(), 1)
  assert.match(
    second.log().at(-1)?.msg ?? '',
    /migration 0001_create_tasks\.sql was edited after it was applied: add a new file/,
  )
})

test('a migration that fails leaves nothing behind and says why', async () => {
  const databaseUrl = await postgres.createDatabase()
  await postgres.query(databaseUrl, 'create table tasks (id int)')
  const api = new Api(databaseUrl)
  assert.equal(await api.exitCode(), 1)
  assert.match(
    api.log().at(-1)?.msg ?? '',
    /could not be prepared \(42P07\): relation "tasks" already exists$/,
  )
  assert.deepEqual(await postgres.query(databaseUrl, "select to_regclass('schema_migrations') as found"), [
    { found: null },
  ])
})

test('SIGTERM: a request in flight is finished, new ones are not taken, exit code 0', async () => {
  const databaseUrl = await postgres.createDatabase()
  const api = new Api(databaseUrl)
  await api.ready()
  const blocker = await postgres.connect(databaseUrl)
  await blocker.query('begin; lock table tasks')
  // On a connection that asks to be kept: it must not hold the process up once the answer is out.
  const agent = new Agent({ keepAlive: true })
  const inFlight = statusOf(`${await api.url()}/tasks`, agent)
  await until('the request waits in the database', async () => (await waiting(databaseUrl, 'relation')) === 1)

  api.signal('SIGTERM')
  await api.line('that it stops', ({ msg }) => msg === 'stopping')
  await until('new connections are refused', () =>
    api.get('/health').then(
      () => false,
      () => true,
    ),
  )
  await blocker.query('commit')
  assert.equal(await inFlight, 200)
  assert.equal(await api.exitCode(), 0)
  assert.ok(!api.text().includes('requests still running'))
  assert.equal(api.log().at(-1)?.msg, 'stopped')
  agent.destroy()
  await blocker.end()
})

test('SIGTERM: a request that never ends does not keep the process', async () => {
  const databaseUrl = await postgres.createDatabase()
  const api = new Api(databaseUrl, { DATABASE_QUERY_TIMEOUT_MS: '600000' })
  await api.ready()
  const blocker = await postgres.connect(databaseUrl)
  await blocker.query('begin; lock table tasks')
  const inFlight = statusOf(`${await api.url()}/tasks`)
  await until('the request waits in the database', async () => (await waiting(databaseUrl, 'relation')) === 1)
  api.signal('SIGTERM')
  await assert.rejects(inFlight)
  assert.equal(await api.exitCode(), 0)
  await blocker.end()
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} while it waits for the database: exit code 0`, async () => {
    const api = new Api('postgresql://postgres:x@127.0.0.1:1/x', {
      DATABASE_CONNECT_BASE_DELAY_MS: '60000',
      DATABASE_CONNECT_MAX_DELAY_MS: '600000',
    })
    await api.line('that it waits', ({ msg }) => msg.startsWith('database not reachable'))
    api.signal(signal)
    assert.equal(await api.exitCode(), 0)
    assert.equal(api.log().at(-1)?.msg, 'stopped')
  })
}

test('a port that is taken: exit code 1, and the last line names it', async () => {
  const databaseUrl = await postgres.createDatabase()
  const first = new Api(databaseUrl)
  const { port } = new URL(await first.url())
  const second = new Api(databaseUrl, { PORT: port })
  assert.equal(await second.exitCode(), 1)
  assert.match(second.log().at(-1)?.msg ?? '', new RegExp(`EADDRINUSE.*${port}`))
  await first.ready()
  await first.stop()
})

function statusOf(url: string, agent?: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { ...(agent && { agent }) }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode))
    }).once('error', reject)
  })
}

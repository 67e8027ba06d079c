import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { after, before, beforeEach, test } from 'node:test'
import { Api, type Answer } from './support/api.ts'
import { Postgres } from './support/postgres.ts'

type Task = {
  id: number
  title: string
  status: string
  version: number
  createdAt: string
  updatedAt: string
}
type Page = { items: Task[]; nextCursor: string | null }

let postgres: Postgres
let databaseUrl: string
let api: Api

before(async () => {
  postgres = await Postgres.createRunning()
  databaseUrl = await postgres.createDatabase()
  api = new Api(databaseUrl)
  await api.ready()
})
after(async () => {
  await api?.stop()
  await postgres?.remove()
})
beforeEach(async () => void (await postgres.query(databaseUrl, 'truncate tasks')))

const bodyOf = <T>({ body }: Answer): T => body as T

async function createTask(fields: Record<string, unknown> = { title: 'a task' }): Promise<Task> {
  const answer = await api.send('POST', '/tasks', fields)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return bodyOf<Task>(answer)
}

function assertError(answer: Answer, status: number, code: string, message: RegExp): void {
  const { error, ...rest } = bodyOf<{ error: { code: string; message: string } }>(answer)
  assert.deepEqual([answer.status, error.code, rest], [status, code, {}], JSON.stringify(answer.body))
  assert.match(error.message, message)
}

test('a task is created, read, changed and deleted', async () => {
  const created = await api.send('POST', '/tasks', {
    title: 'Größe ✓ 🎉',
    notes: "it's; drop table tasks --",
  })
  const task = bodyOf<Task>(created)
  assert.equal(created.headers.get('location'), `/tasks/${task.id}`)
  assert.deepEqual(task, {
    id: task.id,
    title: 'Größe ✓ 🎉',
    notes: "it's; drop table tasks --",
    status: 'open',
    version: 1,
    createdAt: new Date(task.createdAt).toISOString(),
    updatedAt: task.createdAt,
  })
  assert.deepEqual((await api.get(`/tasks/${task.id}`)).body, task)

  const changed = bodyOf<Task>(await api.send('PATCH', `/tasks/${task.id}`, { version: 1, status: 'doing' }))
  assert.deepEqual(changed, { ...task, status: 'doing', version: 2, updatedAt: changed.updatedAt })
  assert.deepEqual((await api.get(`/tasks/${task.id}`)).body, changed)

  assert.equal((await api.get(`/tasks/${task.id}`, { method: 'DELETE' })).status, 204)
  for (const method of ['GET', 'DELETE']) {
    assertError(
      await api.get(`/tasks/${task.id}`, { method }),
      404,
      'task_not_found',
      new RegExp(`no task ${task.id}`),
    )
  }
  assertError(await api.send('PATCH', `/tasks/${task.id}`, { version: 2 }), 404, 'task_not_found', /no task/)
})

test('a stale version changes nothing; of two equal changes at once one wins', async () => {
  const { id } = await createTask()
  const answers = await Promise.all([
    api.send('PATCH', `/tasks/${id}`, { version: 1, title: 'left' }),
    api.send('PATCH', `/tasks/${id}`, { version: 1, title: 'right' }),
  ])
  const [won, lost] = answers.sort((a, b) => a.status - b.status)
  assert.ok(won && lost)
  assert.equal(won.status, 200)
  assertError(lost, 409, 'version_conflict', /is at version 2, not 1/)
  assert.deepEqual((await api.get(`/tasks/${id}`)).body, won.body)
})

test('paging walks every task once, newest first, while others are added and deleted', async () => {
  const ids: number[] = []
  for (let n = 0; n < 25; n += 1) ids.unshift((await createTask({ title: `task ${n}` })).id)

  const seen: number[] = []
  let cursor: string | null = null
  do {
    const page: Page = bodyOf(await api.get(`/tasks?limit=6${cursor ? `&cursor=${cursor}` : ''}`))
    seen.push(...page.items.map((task) => task.id))
    cursor = page.nextCursor
    await createTask({ title: 'added in the middle of the walk' })
    await api.get(`/tasks/${page.items[0]?.id}`, { method: 'DELETE' })
  } while (cursor)
  assert.deepEqual(seen, ids)
})

test('a page is exactly full without a next one; the default is 20; a filter pages too', async () => {
  for (let n = 0; n < 22; n += 1) await createTask({ title: `task ${n}`, status: n % 2 ? 'done' : 'open' })
  const list = async (query: string) => bodyOf<Page>(await api.get(`/tasks${query}`))

  const all = await list('?limit=22')
  assert.deepEqual([all.items.length, all.nextCursor], [22, null])
  assert.equal((await list('')).items.length, 20)

  const first = await list('?status=done&limit=6')
  const second = await list(`?status=done&limit=6&cursor=${first.nextCursor}`)
  const expected = all.items.filter((task) => task.status === 'done')
  assert.deepEqual([...first.items, ...second.items], expected)
  assert.equal(second.nextCursor, null)
})

const badRequests: [string, string, unknown, string, RegExp][] = [
  ['POST', '/tasks', {}, 'invalid_request', /body must have required property 'title'/],
  ['POST', '/tasks', [], 'invalid_request', /body must be object/],
  ['POST', '/tasks', { title: 5 }, 'invalid_request', /body\/title must be string/],
  ['POST', '/tasks', { title: null }, 'invalid_request', /body\/title must be string/],
  ['POST', '/tasks', { title: ' \t' }, 'invalid_request', /body\/title is blank or contains a NUL/],
  ['POST', '/tasks', { title: 'x'.repeat(201) }, 'invalid_request', /NOT have more than 200 characters/],
  ['POST', '/tasks', { title: 'nul \u0000' }, 'invalid_request', /body\/title is blank or contains a NUL/],
  [
    'POST',
    '/tasks',
    { title: 'x', notes: '\u0000' },
    'invalid_request',
    /body\/notes is blank or contains a NUL/,
  ],
  ['POST', '/tasks', { title: 'x', status: 'later' }, 'invalid_request', /open, doing, done/],
  ['POST', '/tasks', { title: 'x', colour: 1 }, 'invalid_request', /unknown property "colour"/],
  ['PATCH', '/tasks/1', { title: 'x' }, 'invalid_request', /required property 'version'/],
  ['PATCH', '/tasks/1', { version: 1e12 }, 'invalid_request', /body\/version must be <= 2147483647/],
  ['GET', '/tasks/abc', undefined, 'invalid_request', /params\/id must be integer/],
  ['GET', '/tasks/0', undefined, 'invalid_request', /params\/id must be >= 1/],
  ['GET', '/tasks/99999999999999999999', undefined, 'invalid_request', /params\/id must be <=/],
  ['GET', '/tasks?limit=0', undefined, 'invalid_request', /limit must be >= 1/],
  ['GET', '/tasks?limit=101', undefined, 'invalid_request', /limit must be <= 100/],
  ['GET', '/tasks?limit=ten', undefined, 'invalid_request', /limit must be integer/],
  ['GET', '/tasks?limit=1&limit=2', undefined, 'invalid_request', /limit must be integer/],
  ['GET', '/tasks?status=later', undefined, 'invalid_request', /open, doing, done/],
  ['GET', '/tasks?page=2', undefined, 'invalid_request', /unknown property "page"/],
  ['GET', '/tasks?cursor=abc', undefined, 'invalid_cursor', /nextCursor/],
  [
    'GET',
    `/tasks?cursor=${Buffer.from('id:0').toString('base64url')}`,
    undefined,
    'invalid_cursor',
    /nextCursor/,
  ],
  [
    'GET',
    `/tasks?cursor=${Buffer.from('id:9999999999999999').toString('base64url')}`,
    undefined,
    'invalid_cursor',
    /nextCursor/,
  ],
  ['GET', '/tasks/%zz', undefined, 'invalid_url', /not a valid url/],
]

for (const [method, path, body, code, message] of badRequests) {
  const shown = body === undefined ? '' : ` ${JSON.stringify(body).slice(0, 40)}`
  test(`400 ${code}: ${method} ${path}${shown}`, async () => {
    const answer = body === undefined ? await api.get(path, { method }) : await api.send(method, path, body)
    assertError(answer, 400, code, message)
  })
}

test('the limits of a title are inclusive, and count characters as PostgreSQL does', async () => {
  const { title } = await createTask({ title: '🎉'.repeat(200) })
  assert.equal(title, '🎉'.repeat(200))
})

test('bodies that are too large, not JSON, or not there', async () => {
  const post = (body: string | undefined, type: string) =>
    api.get('/tasks', {
      method: 'POST',
      headers: { 'content-type': type },
      ...(body !== undefined && { body }),
    })
  const tooLarge = JSON.stringify({ title: 'x', notes: 'x'.repeat(64 * 1024) })
  assertError(await post(tooLarge, 'application/json'), 413, 'body_too_large', /too large/)
  assertError(await post('{"title":', 'application/json'), 400, 'invalid_json', /JSON/)
  assertError(
    await post('{"__proto__":{"x":1},"title":"x"}', 'application/json'),
    400,
    'invalid_json',
    /JSON/,
  )
  assertError(await post('', 'application/json'), 400, 'invalid_json', /empty/)
  assertError(await post('title=x', 'text/plain'), 415, 'unsupported_media_type', /Unsupported/)
})

test('an unknown route and bytes that are not HTTP get the same kind of error', async () => {
  assertError(await api.get('/nope'), 404, 'route_not_found', /GET \//)
  const { hostname, port } = new URL(await api.url())
  const socket = connect(Number(port), hostname)
  socket.write('this is not HTTP\r\n\r\n')
  const answer = await text(socket)
  assert.match(answer, /^HTTP\/1\.1 400 Bad Request\r\n/)
  assert.match(answer, /\{"error":\{"code":"malformed_http","message":"[^"]+"\}\}$/)
})

test('GET / lists the endpoints', async () => {
  const { endpoints } = bodyOf<{ endpoints: string[] }>(await api.get('/'))
  assert.deepEqual(endpoints, [
    'GET /',
    'GET /health',
    'GET /ready',
    'GET /tasks',
    'POST /tasks',
    'GET /tasks/:id',
    'PATCH /tasks/:id',
    'DELETE /tasks/:id',
  ])
})

test('a sane request id is kept and echoed, any other replaced; the log line carries it', async () => {
  const ask = async (id?: string) => {
    const { headers } = await api.get(
      '/tasks?limit=3',
      id === undefined ? {} : { headers: { 'x-request-id': id } },
    )
    return headers.get('x-request-id') ?? ''
  }
  const kept = `trace-${process.pid}:${Date.now()}`
  assert.equal(await ask(kept), kept)
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
  assert.match(await ask(), uuid)
  for (const insane of ['a b', '{"level":"fatal"}', 'x'.repeat(129), ''])
    assert.match(await ask(insane), uuid)

  const line = await api.line('the request with this id', ({ requestId }) => requestId === kept)
  assert.equal(line.level, 'info')
  assert.deepEqual([line['method'], line['url'], line['statusCode']], ['GET', '/tasks?limit=3', 200])
  assert.equal(typeof line['durationMs'], 'number')
})

test('a line of the log says why a request was refused, and what happened to which task', async () => {
  const { id } = await createTask()
  await api.line('task created', (line) => line.msg === 'task created' && line['taskId'] === id)
  await api.get('/tasks/999999', { headers: { 'x-request-id': 'refused' } })
  const line = await api.line('the refused request', ({ requestId }) => requestId === 'refused')
  assert.deepEqual([line['statusCode'], line['errorCode']], [404, 'task_not_found'])
})

test('a fault of our own is a 500 that tells the client nothing and the log everything', async () => {
  await postgres.query(databaseUrl, 'alter table tasks rename notes to renamed')
  try {
    const answer = await api.get('/tasks', { headers: { 'x-request-id': 'broken' } })
    assertError(answer, 500, 'internal_error', /^something went wrong here; the log has the details$/)
    const line = await api.line(
      'what failed',
      ({ requestId, msg }) => requestId === 'broken' && msg === 'request failed',
    )
    assert.match(JSON.stringify(line['err']), /column \\"notes\\" does not exist/)
  } finally {
    await postgres.query(databaseUrl, 'alter table tasks rename renamed to notes')
  }
})

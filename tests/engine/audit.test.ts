import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditPage } from '#lib/api/audit'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { composeLabels, prefix, removeFixtures, runContainer } from './fixtures.ts'
import { addPerson, codeOf, type Person, send } from './front-client.ts'

let server: ServerProcess
let admin: Person
let operator: Person

beforeAll(async () => {
  server = await startServer()
  admin = addPerson(server, 'admin')
  operator = addPerson(server, 'operator')
})
afterAll(async () => {
  await removeFixtures()
  await server.stop()
})

const audit = async (query: string, of: ServerProcess = server, who: Person = admin) =>
  (await send<AuditPage>(of, who, 'GET', `/api/audit?${query}`)).body.entries

describe('the audit', () => {
  let web = ''
  beforeAll(async () => {
    web = (await runContainer('audited', { Labels: composeLabels(prefix, 'web') })).id
    await send(server, operator, 'POST', `/api/containers/${web}/actions/restart`, { timeoutSeconds: 0 })
    await send(server, operator, 'POST', `/api/containers/${web}/reveal`, { kind: 'label', name: 'none' })
    await send(server, operator, 'POST', '/api/containers/ffffffffffff/actions/stop', {})
    await send(server, addPerson(server, 'viewer'), 'DELETE', `/api/containers/${web}`, {})
  })

  test('has who, what, on what by full id and name, and how it went', async () => {
    const rows = await audit(`user=${operator.name}&action=container.restart`)
    expect(rows).toEqual([
      expect.objectContaining({
        user: operator.name,
        role: 'operator',
        action: 'container.restart',
        targetName: `${prefix}-audited`,
        result: 'ok',
        error: null,
        durationMs: expect.any(Number),
      }),
    ])
    expect(rows[0]?.targetId).toBe(web)
  })

  test.each([
    ['result=denied&target=audited', ['container.remove']],
    ['result=failed&target=ffffffffffff', ['container.stop']],
    ['action=reveal&target=audited', ['container.reveal']],
    ['target=%25audited', []],
    ['user=nobody_of_this_name', []],
    ['result=ok&from=99999999999999', []],
    ['action=container.restart&to=1', []],
  ])('filters by %s', async (query, actions) => {
    expect((await audit(query)).map(({ action }) => action)).toEqual(actions)
  })

  test('pages without losing or repeating a row', async () => {
    const all = await audit('limit=500')
    const paged: number[] = []
    for (let before = ''; ; ) {
      const { body } = await send<AuditPage>(server, admin, 'GET', `/api/audit?limit=2${before}`)
      paged.push(...body.entries.map(({ id }) => id))
      if (body.nextBefore === null) break
      before = `&before=${body.nextBefore}`
    }
    expect(paged).toEqual(all.map(({ id }) => id))
  })

  test('is exported as JSON lines and as CSV, as it is filtered', async () => {
    const lines = await send(server, admin, 'GET', '/api/audit/export?action=container.restart')
    expect(
      lines.text
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { action: string }).action),
    ).toEqual(['container.restart'])
    const csv = await send(server, admin, 'GET', '/api/audit/export?format=csv&action=container.restart')
    expect(String(csv.headers['content-disposition'])).toContain('composure-audit.csv')
    expect(csv.text.trim().split('\r\n')).toHaveLength(2)
    expect(csv.text).toContain(`${prefix}-audited,${web},ok`)
    expect(codeOf(await send(server, operator, 'GET', '/api/audit/export'))).toBe('role_too_low')
  })
})

test('an action cut short by kill -9 stands there without an outcome', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'composure-audit-'))
  const first = await startServer({ COMPOSURE_DATA_DIR: dataDir })
  const person = addPerson({ ...first, dataDir }, 'admin')
  // It ignores SIGTERM, so that stopping it takes long enough to be in the middle of it.
  const stubborn = await runContainer('stubborn', {
    Cmd: ['sh', '-c', 'trap "" TERM; sleep 600 & wait; sleep 600'],
  })
  const stop = send(first, person, 'POST', `/api/containers/${stubborn.id}/actions/stop`, {
    timeoutSeconds: 30,
  })
  stop.catch(() => undefined)
  await expect
    .poll(() => audit('action=container.stop', first, person), { timeout: 10_000 })
    .toEqual([expect.objectContaining({ result: 'unknown' })])
  const gone = new Promise((resolve) => first.process.once('exit', resolve))
  first.process.kill('SIGKILL')
  await gone
  await expect(stop).rejects.toThrow()

  const second = await startServer({ COMPOSURE_DATA_DIR: dataDir })
  // The cookie is named after the port.
  const again = { ...person, cookie: person.cookie.replace(/^composure-\d+/, `composure-${second.port}`) }
  expect(await audit('action=container.stop', second, again)).toEqual([
    expect.objectContaining({ result: 'unknown', targetId: stubborn.id, durationMs: null }),
  ])
  await second.stop()
  rmSync(dataDir, { recursive: true, force: true })
})

test('with a full disk nothing is changed, reading goes on, and room heals it', async (context) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'composure-full-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', dataDir], { stdio: 'ignore' })
  } catch {
    rmSync(dataDir, { recursive: true, force: true })
    context.skip('a small file system cannot be mounted here: it needs root')
  }
  const full = await startServer({ COMPOSURE_DATA_DIR: dataDir })
  try {
    const person = addPerson({ ...full, dataDir }, 'admin')
    const web = (await runContainer('kept')).id
    await expect
      .poll(async () => (await send(full, person, 'GET', `/api/containers/${web}`)).status, {
        timeout: 10_000,
      })
      .toBe(200)
    const filler = join(dataDir, 'filler')
    // Fills the rest to the last byte.
    execFileSync('sh', ['-c', 'cat /dev/zero >"$0" 2>/dev/null || true', filler])
    // What was reserved in the log of the database before may still take a row or two.
    await expect
      .poll(
        async () =>
          codeOf(
            await send(full, person, 'POST', `/api/containers/${web}/reveal`, { kind: 'label', name: 'x' }),
          ),
        { timeout: 20_000 },
      )
      .toBe('audit_unavailable')
    const stop = await send(full, person, 'POST', `/api/containers/${web}/actions/kill`, {})
    expect([stop.status, codeOf(stop)]).toEqual([503, 'audit_unavailable'])
    const seen = await send<{ container: { state: string } }>(full, person, 'GET', `/api/containers/${web}`)
    expect(seen.body.container.state).toBe('running')
    expect((await send(full, person, 'GET', '/')).status).toBe(200)
    expect((await send(full, person, 'GET', '/api/audit')).status).toBe(200)
    writeFileSync(filler, '')
    expect((await send(full, person, 'POST', `/api/containers/${web}/actions/kill`, {})).status).toBe(200)
  } finally {
    await full.stop().catch(() => undefined)
    execFileSync('umount', ['-l', dataDir])
    rmSync(dataDir, { recursive: true, force: true })
  }
})

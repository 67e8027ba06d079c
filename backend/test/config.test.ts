import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ConfigError, readConfig } from '../src/config.ts'
import { Api } from './support/api.ts'
import { password } from './support/postgres.ts'

const url = 'postgresql://postgres:secret@db:5432/backend_db'

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env)
  } catch (error) {
    assert.ok(error instanceof ConfigError)
    return error.problems
  }
  return []
}

test('the address alone is enough; everything else has a default', () => {
  assert.deepEqual(readConfig({ DATABASE_URL: url, LOG_LEVEL: '', PORT: ' ' }), {
    host: '0.0.0.0',
    port: 8000,
    logLevel: 'info',
    database: {
      url,
      target: { host: 'db', port: 5432, database: 'backend_db', user: 'postgres' },
      poolSize: 10,
      queryTimeoutMs: 3000,
      connectAttempts: 15,
      connectBaseDelayMs: 500,
      connectMaxDelayMs: 10_000,
    },
  })
})

test('every problem is named at once', () => {
  assert.deepEqual(problemsOf({ PORT: '80 80', LOG_LEVEL: 'loud', DATABASE_CONNECT_ATTEMPTS: '0' }), [
    'DATABASE_URL is missing: set it to postgresql://user:password@host:5432/database',
    'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
    'PORT must be a whole number from 0 to 65535',
    'DATABASE_CONNECT_ATTEMPTS must be a whole number from 1 to 1000',
  ])
})

for (const bad of ['1e3', '-1', '65536', '0x10', '8000.5', 'NaN']) {
  test(`PORT=${bad} is refused`, () => {
    assert.deepEqual(problemsOf({ DATABASE_URL: url, PORT: bad }), [
      'PORT must be a whole number from 0 to 65535',
    ])
  })
}

for (const bad of ['db:5432/x', 'mysql://a:hunter2@db/x', 'postgresql://a:hunter2@db:port/x']) {
  test(`DATABASE_URL=${bad} is refused without repeating it`, () => {
    const [problem = '', ...more] = problemsOf({ DATABASE_URL: bad })
    assert.match(problem, /^DATABASE_URL (must|cannot)/)
    assert.doesNotMatch(problem, /hunter/)
    assert.deepEqual(more, [])
  })
}

test('the process says what is wrong in one line and ends with 1', async () => {
  const api = new Api(`postgresql://postgres:${password}@db/x`, { PORT: 'http' })
  assert.equal(await api.exitCode(), 1)
  const [line, ...more] = api.log()
  assert.deepEqual(more, [])
  assert.equal(line?.level, 'fatal')
  assert.match(
    line?.msg ?? '',
    /DATABASE_URL cannot be read: it must look like postgresql:\/\/user:password@host:5432\/database.*percent-encoded.*PORT must be a whole number/,
  )
})

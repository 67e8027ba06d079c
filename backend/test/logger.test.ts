import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'

const logger = new URL('../src/logger.ts', import.meta.url)

async function logged(script: string): Promise<string> {
  const source = `import { createLogger } from '${logger.href}'; const log = createLogger('info'); ${script}`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', source])
  return stdout
}

test('a password inside any address is taken out, wherever in the line it stands', async () => {
  const line = await logged(
    `log.info({ err: new Error('postgres://me:hunter2@db/x'), deep: { url: 'https://a:hunter2@b@c/d' } }, 'postgresql://:hunter2@db:5432 and https://h:80/x@y')`,
  )
  assert.doesNotMatch(line, /hunter2/)
  const { msg, deep } = JSON.parse(line)
  assert.equal(msg, 'postgresql://:[redacted]@db:5432 and https://h:80/x@y')
  assert.deepEqual(deep, { url: 'https://a:[redacted]@c/d' })
})

test('lines written just before the end all arrive, in order', async () => {
  const lines = await logged(`for (let n = 0; n < 500; n += 1) log.info('line ' + n); process.exit(0)`)
  const messages = lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).msg)
  assert.deepEqual(
    messages,
    Array.from({ length: 500 }, (_, n) => `line ${n}`),
  )
})

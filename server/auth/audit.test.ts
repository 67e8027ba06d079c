import { rmSync } from 'node:fs'
import { afterAll, expect, test, vi } from 'vitest'
import { CodedError } from '#lib/api/errors'
import { readAudit } from './audit-log.ts'
import { beginAudit } from './audit.ts'

// Read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-audit-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const all = { user: '', action: '', target: '' }
const ann = {
  userId: 1,
  userName: 'ann',
  role: 'operator',
  sessionHash: 'x',
  projects: null,
  tokenName: null,
  ip: '127.0.0.1',
} as const

test('what goes on after the answer has its outcome when it ends', async () => {
  const job = Promise.withResolvers<void>()
  const note = beginAudit(ann, 'project.up', 'shop')
  note.until(job.promise)
  note.finish()
  expect(readAudit(all, 1, null).entries).toMatchObject([{ action: 'project.up', result: 'unknown' }])
  job.reject(new CodedError('job_failed', 'build of app failed'))
  await vi.waitFor(() =>
    expect(readAudit(all, 1, null).entries).toMatchObject([{ result: 'failed', error: 'job_failed' }]),
  )
})

test('what was refused before it began is over at once', () => {
  const note = beginAudit(ann, 'project.up', 'shop')
  note.until(new Promise(() => undefined))
  note.finish(new CodedError('role_too_low', 'no'))
  expect(readAudit(all, 1, null).entries).toMatchObject([{ result: 'denied', error: 'role_too_low' }])
})

import { mkdtempSync, rmSync, writeFileSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { contractSettings, historyContract } from '../../../tests/fixtures/history-contract.ts'
import { ThreadStore } from '../thread-store.ts'

const folder = mkdtempSync(join(tmpdir(), 'composure-history-'))
let file = ''
let count = 0

// Threads are slow to begin on a busy machine.
vi.setConfig({ testTimeout: 30_000 })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const reopen = (): Promise<ThreadStore> =>
  Promise.resolve(new ThreadStore({ kind: 'sqlite', file }, contractSettings))
const open = (): Promise<ThreadStore> => {
  file = join(folder, `${(count += 1)}`, 'history.db')
  return reopen()
}

describe('in SQLite', () => historyContract(open, reopen))

test('a file that is no database is put aside, and recording begins anew', async () => {
  file = join(folder, 'broken.db')
  writeFileSync(file, 'this was a database once'.repeat(400))
  const store = await reopen()
  expect(await store.list()).toEqual([])
  await store.close()
  expect(readdirSync(folder).some((name) => name.startsWith('broken.db.broken-'))).toBe(true)
})

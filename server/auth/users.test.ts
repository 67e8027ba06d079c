import { rmSync } from 'node:fs'
import type * as Crypto from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { hashPassword } from './passwords.ts'
import { authStore } from './store.ts'
import { findUserByPassword, onlyUserName } from './users.ts'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-users-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const work = vi.hoisted(() => vi.fn())
vi.mock('node:crypto', async (load) => {
  const real = await load<typeof Crypto>()
  // The real work, counted.
  const argon2: typeof real.argon2 = (algorithm, parameters, done) => {
    const { memory, passes, parallelism, tagLength, nonce, message } = parameters
    work({
      algorithm,
      memory,
      passes,
      parallelism,
      tagLength,
      message,
      nonceBytes: Buffer.from(nonce as Buffer).length,
    })
    real.argon2(algorithm, parameters, done)
  }
  return { ...real, argon2 }
})

function add(name: string, hash: string, more: { origin?: string; disabledAt?: number } = {}): void {
  authStore()
    .prepare(
      "INSERT INTO users (name, role, password_hash, origin, disabled_at, created_at) VALUES (?, 'viewer', ?, ?, ?, 0)",
    )
    .run(name, hash, more.origin ?? 'local', more.disabledAt ?? null)
}

beforeAll(async () => {
  const hash = await hashPassword('the right one')
  add('admin', hash)
  expect(onlyUserName('admin')).toBe('admin')
  expect(onlyUserName('root')).toBe('')
  add('gone', hash, { disabledAt: 1 })
  add('fresh', '-')
  add('elsewhere', '-', { origin: 'oidc' })
})
beforeEach(() => work.mockClear())
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

it('signs in who knows the password', async () => {
  expect(await findUserByPassword('admin', 'the right one')).toMatchObject({ name: 'admin' })
})

it('does the same work whoever is asked for, so that its time tells nobody which names there are', async () => {
  await findUserByPassword('admin', 'a wrong one')
  const forAdmin = work.mock.calls
  expect(forAdmin).toHaveLength(1)
  for (const name of ['nobody', 'gone', 'fresh', 'elsewhere', '']) {
    work.mockClear()
    expect(await findUserByPassword(name, 'a wrong one')).toBeNull()
    expect(work.mock.calls, name).toEqual(forAdmin)
  }
})

it('begins the sign-in with no name once there are several', () => {
  expect(onlyUserName('admin')).toBe('')
})

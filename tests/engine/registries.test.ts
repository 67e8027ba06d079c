import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import Docker from 'dockerode'
import { pack } from 'tar-stream'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { pullImage } from '#server/engine/images/image-pull'
import { credentialsFor, forgetRegistry, listRegistries, saveRegistry } from '#server/registries/registries'
import { type Registry, startRegistry } from '../fixtures/registry.ts'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-registries-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const secret = 'CANARY-registry-9f3'
let registry: Registry

async function oneFile(): Promise<Buffer> {
  const tar = pack()
  tar.entry({ name: 'hello' }, 'hello')
  tar.finalize()
  const chunks: Uint8Array[] = []
  for await (const chunk of tar) chunks.push(chunk as Uint8Array)
  return Buffer.concat(chunks)
}

beforeAll(async () => {
  registry = await startRegistry({
    repository: 'team/private',
    tag: '1',
    layers: [await oneFile()],
    wantsSignIn: true,
    credentials: `ann:${secret}`,
  })
})
afterAll(async () => {
  await new Docker()
    .getImage(`${registry.host}/team/private:1`)
    .remove()
    .catch(() => undefined)
  await registry.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const reference = (): string => `${registry.host}/team/private:1`
const pull = (): Promise<{ isNew: boolean }> =>
  pullImage(reference(), { signal: new AbortController().signal, onLayer: () => undefined })

it('keeps only credentials that the registry takes, and pulls with them', async () => {
  await expect(pull()).rejects.toBeTruthy()
  await expect(
    saveRegistry({ host: registry.host, userName: 'ann', password: 'wrong' }, 'root'),
  ).rejects.toMatchObject({ code: 'registry_refused' })
  await expect(
    saveRegistry({ host: '127.0.0.1:9', userName: 'ann', password: 'x' }, 'root'),
  ).rejects.toMatchObject({ code: 'registry_unreachable' })
  expect(listRegistries()).toEqual([])

  await saveRegistry({ host: registry.host, userName: 'ann', password: secret }, 'root')
  expect(listRegistries()).toMatchObject([{ host: registry.host, userName: 'ann', savedBy: 'root' }])
  expect(await pull()).toEqual({ isNew: true })
})

it('never shows the password again, and keeps it on disk only sealed, apart from its key', () => {
  expect(JSON.stringify(listRegistries())).not.toContain(secret)
  for (const file of readdirSync(dataDir)) {
    const bytes = readFileSync(join(dataDir, file)).toString('latin1')
    expect([file, bytes.includes(secret)]).toEqual([file, false])
    expect([file, bytes.includes(Buffer.from(`ann:${secret}`).toString('base64'))]).toEqual([file, false])
  }
})

it('gives them to no other registry, and to nobody once forgotten', () => {
  expect(credentialsFor('docker.io/library/busybox')).toBeNull()
  expect(credentialsFor(reference())).toMatchObject({ username: 'ann', password: secret })
  forgetRegistry(registry.host)
  expect(credentialsFor(reference())).toBeNull()
})

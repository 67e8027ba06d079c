import { afterAll, beforeAll, expect, test } from 'vitest'
import Docker from 'dockerode'
import { engineAddress } from '#server/engine/client/client'
import { onlyReading } from '#server/engine/client/read-only-client'
import { docker, removeFixtures, runContainer } from './fixtures.ts'

const held = onlyReading(new Docker({ ...engineAddress(), protocol: 'http' }))
let id = ''

beforeAll(async () => {
  id = (await runContainer('held')).id
})
afterAll(removeFixtures)

test('the held client reads', async () => {
  expect((await held.getContainer(id).inspect()).Id).toBe(id)
  expect((await held.listContainers()).length).toBeGreaterThan(0)
  await held.getContainer(id).logs({ stdout: true })
})

const mutators: [string, () => Promise<unknown>][] = [
  ['stop', () => held.getContainer(id).stop()],
  ['kill', () => held.getContainer(id).kill()],
  ['remove', () => held.getContainer(id).remove({ force: true })],
  ['rename', () => held.getContainer(id).rename({ name: 'x' })],
  ['exec', () => held.getContainer(id).exec({ Cmd: ['true'] })],
  ['attach', () => held.getContainer(id).attach({ stream: true, stdin: true })],
  ['putArchive', () => held.getContainer(id).putArchive(Buffer.alloc(0), { path: '/' })],
  ['create', () => held.createContainer({ Image: 'busybox:latest' })],
  ['pull', () => held.pull('busybox:latest')],
  ['createVolume', () => held.createVolume({ Name: 'never' })],
  ['createNetwork', () => held.createNetwork({ Name: 'never' })],
  ['prune', () => held.pruneContainers()],
]

test.each(mutators)('it cannot %s', async (_, run) => {
  await expect(run()).rejects.toMatchObject({ code: 'read_only' })
  expect((await docker.getContainer(id).inspect()).State.Running).toBe(true)
})

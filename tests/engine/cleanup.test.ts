import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { CleanupItem } from '#lib/docker/cleanup/cleanup'
import { isEnded } from '#lib/jobs/job'
import { readCleanup, startCleanup } from '#server/cleanup/cleanup'
import { firstSnapshot, snapshot, stopLiveModel } from '#server/engine/model/live-model'
import { getJob } from '#server/jobs/jobs'
import { createContainer, docker, removeFixtures, runContainer } from './fixtures.ts'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-cleanup-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const mark = `cleanup-${randomBytes(3).toString('hex')}`

beforeAll(() => firstSnapshot())
afterAll(async () => {
  await removeFixtures()
  await docker
    .getVolume(`${mark}-used`)
    .remove({ force: true })
    .catch(() => undefined)
  await docker
    .getNetwork(`${mark}-used`)
    .remove()
    .catch(() => undefined)
  await stopLiveModel()
  rmSync(dataDir, { recursive: true, force: true })
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

it('lists what nobody uses, removes exactly what is asked, and keeps what somebody uses by then', async () => {
  const [used, unused] = [`${mark}-used`, `${mark}-unused`]
  await docker.createVolume({ Name: used })
  await docker.createVolume({ Name: unused })
  await docker.createNetwork({ Name: used })
  await docker.createNetwork({ Name: unused })
  const stopped = await createContainer('stopped')
  const running = await runContainer('running', {
    HostConfig: { NetworkMode: used, Binds: [`${used}:/data`] },
  })
  await until(() => snapshot().containers.some(({ id, state }) => id === running.id && state === 'running'))
  await until(() => snapshot().volumes.filter(({ name }) => name.startsWith(mark)).length === 2)
  await until(() => snapshot().networks.filter(({ name }) => name.startsWith(mark)).length === 2)

  const ours = (item: CleanupItem): boolean => item.name.startsWith(mark) || item.id === stopped.id
  const items = (await readCleanup()).items.filter(ours)
  expect(items.map(({ kind, name, loses, isSafe }) => [kind, name, loses, isSafe])).toEqual([
    ['container', expect.stringContaining('stopped'), 'data', false],
    ['network', unused, 'nothing', true],
    ['volume', unused, 'data', false],
  ])
  expect(items[2]?.sizeBytes).toBe(0)

  // Somebody takes the volume between the look and the removal.
  const late = await createContainer('late', { HostConfig: { NetworkMode: 'none', Binds: [`${unused}:/d`] } })
  await until(() => snapshot().containers.some(({ id }) => id === late.id))
  const { id } = await startCleanup({ items: items.map(({ kind, id: of }) => ({ kind, id: of })) }, 'ann')
  await until(() => isEnded(getJob(id)))
  expect(getJob(id).state).toBe('failed')
  expect(getJob(id).result).toContain('2 removed')
  expect(getJob(id).result).toContain('1 kept')
  const names = (await docker.listVolumes()).Volumes.map(({ Name }) => Name)
  expect([names.includes(unused), names.includes(used)]).toEqual([true, true])
  const networks = (await docker.listNetworks()).map(({ Name }) => Name)
  expect([networks.includes(unused), networks.includes(used)]).toEqual([false, true])
  await expect(docker.getContainer(stopped.id).inspect()).rejects.toMatchObject({ statusCode: 404 })

  await late.remove({ force: true })
  await docker.getVolume(unused).remove()
})

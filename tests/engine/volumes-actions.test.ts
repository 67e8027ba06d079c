import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { measureDiskUsage } from '#server/engine/disk-usage'
import { createVolume, inspectVolume, removeVolume } from '#server/engine/volumes/volume-actions'
import { listVolumes } from '#server/engine/volumes/volumes'

const docker = new Docker()

async function cleanUp(): Promise<void> {
  await docker
    .getContainer('resources-vol-c')
    .remove({ force: true })
    .catch(() => undefined)
  const { Volumes } = await docker.listVolumes()
  for (const { Name } of Volumes) if (Name.startsWith('resources-vol')) await docker.getVolume(Name).remove()
}

beforeAll(cleanUp)
afterAll(cleanUp)

describe('createVolume', () => {
  it('makes a volume with labels, shown as plain text', async () => {
    const hostile = '<img src=x onerror=alert(1)>'
    await createVolume({ name: 'resources-vol-a', driver: 'local', labels: { note: hostile } })
    expect((await listVolumes()).map(({ name }) => name)).toContain('resources-vol-a')
    expect((await inspectVolume('resources-vol-a')).labels).toEqual({ note: hostile })
  })
  it('does not pretend to make one that exists, and names a driver that does not', async () => {
    await expect(
      createVolume({ name: 'resources-vol-a', driver: 'local', labels: {} }),
    ).rejects.toMatchObject({
      code: 'name_taken',
    })
    await expect(
      createVolume({ name: 'resources-vol-b', driver: 'nosuch', labels: {} }),
    ).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('nosuch') })
  })
})

it('hides passwords in the options of a driver', async () => {
  await docker.createVolume({
    Name: 'resources-vol-cifs',
    DriverOpts: { type: 'cifs', device: '//nas/share', o: 'username=bob,password=hunter2,vers=3.0' },
  })
  const { options } = await inspectVolume('resources-vol-cifs')
  expect(JSON.stringify(options)).not.toContain('hunter2')
  expect(options.o).toContain('username=bob')
})

describe('removeVolume', () => {
  it('says who uses it, also when that one is stopped', async () => {
    await createVolume({ name: 'resources-vol-used', driver: 'local', labels: {} })
    await docker.createContainer({
      name: 'resources-vol-c',
      Image: 'busybox',
      HostConfig: { Binds: ['resources-vol-used:/data'] },
    })
    await expect(removeVolume('resources-vol-used')).rejects.toMatchObject({
      code: 'in_use',
      message: 'resources-vol-used is used by resources-vol-c.',
    })
  })
  it('removes, and then does not find it', async () => {
    await createVolume({ name: 'resources-vol-gone', driver: 'local', labels: {} })
    await removeVolume('resources-vol-gone')
    await expect(removeVolume('resources-vol-gone')).rejects.toMatchObject({ code: 'volume_not_found' })
    await expect(inspectVolume('resources-vol-gone')).rejects.toMatchObject({ code: 'volume_not_found' })
  })
})

describe('measureDiskUsage', () => {
  it('knows the size of a volume with data and of the images', async () => {
    await docker.createVolume({ Name: 'resources-vol-size' })
    const [, writer] = await docker.run(
      'busybox',
      ['sh', '-c', 'head -c 2000000 /dev/zero > /d/x'],
      process.stderr,
      { HostConfig: { Binds: ['resources-vol-size:/d'] } },
    )
    await (writer as Docker.Container).remove()
    const usage = await measureDiskUsage({ isFresh: true })
    expect(usage.volumes.find(({ name }) => name === 'resources-vol-size')?.sizeBytes).toBeGreaterThanOrEqual(
      2_000_000,
    )
    expect(usage.images.length).toBeGreaterThan(0)
    expect(usage.layersBytes).toBeGreaterThan(1_000_000)
  })
  it('measures once more for all who ask while it measures, and keeps that', async () => {
    const [first, second, third] = await Promise.all([
      measureDiskUsage({ isFresh: true }),
      measureDiskUsage({ isFresh: true }),
      measureDiskUsage({ isFresh: true }),
    ])
    expect(second).not.toBe(first)
    expect(third).toBe(second)
    expect(await measureDiskUsage({ isFresh: false })).toBe(second)
  })
})

import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  connectContainer,
  createNetwork,
  disconnectContainer,
  inspectNetwork,
  removeNetwork,
} from '#server/engine/networks/network-actions'
import { listNetworks } from '#server/engine/networks/networks'

const docker = new Docker()
const bare = { driver: 'bridge', subnet: '', isInternal: false, parent: '' } as const
const none = { aliases: [], ipAddress: '' }
const missing = 'f'.repeat(64)
let container: Docker.Container

async function cleanUp(): Promise<void> {
  await docker
    .getContainer('resources-net-c')
    .remove({ force: true })
    .catch(() => undefined)
  for (const { Id, Name } of await docker.listNetworks())
    if (Name.startsWith('resources-net')) await docker.getNetwork(Id).remove()
}

beforeAll(async () => {
  await cleanUp()
  container = await docker.createContainer({
    name: 'resources-net-c',
    Image: 'busybox',
    Cmd: ['sleep', '600'],
  })
  await container.start()
})
afterAll(cleanUp)

describe('createNetwork', () => {
  it('makes what was asked for', async () => {
    const { id } = await createNetwork({
      ...bare,
      name: 'resources-net-a',
      subnet: '10.233.7.0/24',
      isInternal: true,
    })
    expect((await listNetworks()).find((network) => network.id === id)).toMatchObject({
      name: 'resources-net-a',
      driver: 'bridge',
      isInternal: true,
      subnets: [{ subnet: '10.233.7.0/24' }],
    })
    expect(await inspectNetwork(id)).toMatchObject({ name: 'resources-net-a', ipamDriver: 'default' })
  })
  it('takes an IPv6 range', async () => {
    const { id } = await createNetwork({ ...bare, name: 'resources-net-6', subnet: 'fd00:beef:7::/64' })
    expect((await listNetworks()).find((network) => network.id === id)?.isIpv6).toBe(true)
  })
  it('says which mistake it was', async () => {
    await expect(createNetwork({ ...bare, name: 'resources-net-a' })).rejects.toMatchObject({
      code: 'name_taken',
    })
    await expect(
      createNetwork({ ...bare, name: 'resources-net-b', subnet: '10.233.7.128/25' }),
    ).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('overlaps') })
    await expect(
      createNetwork({ ...bare, name: 'resources-net-b', subnet: '10.233.8.5/24' }),
    ).rejects.toMatchObject({ code: 'bad_request' })
  })
})

describe('connect and disconnect', () => {
  let id = ''
  beforeAll(async () => {
    id = (await createNetwork({ ...bare, name: 'resources-net-c1', subnet: '10.233.9.0/24' })).id
  })

  it('puts a container in with its names and address, and takes it out again', async () => {
    await connectContainer(id, {
      containerId: container.id,
      aliases: ['db', 'primary'],
      ipAddress: '10.233.9.77',
    })
    const entry = (await container.inspect()).NetworkSettings.Networks['resources-net-c1']
    expect(entry?.IPAddress).toBe('10.233.9.77')
    expect(entry?.Aliases).toEqual(expect.arrayContaining(['db', 'primary']))
    await expect(connectContainer(id, { ...none, containerId: container.id })).rejects.toMatchObject({
      code: 'state_unchanged',
    })
    await expect(removeNetwork(id)).rejects.toMatchObject({
      code: 'in_use',
      message: expect.stringContaining('resources-net-c'),
    })
    await disconnectContainer(id, container.id)
    expect((await container.inspect()).NetworkSettings.Networks['resources-net-c1']).toBeUndefined()
    await expect(disconnectContainer(id, container.id)).rejects.toMatchObject({ code: 'state_unchanged' })
  })

  it('says which of the two is missing, and what an address may not be', async () => {
    await expect(connectContainer(id, { ...none, containerId: missing })).rejects.toMatchObject({
      code: 'container_not_found',
    })
    await expect(connectContainer(missing, { ...none, containerId: container.id })).rejects.toMatchObject({
      code: 'network_not_found',
    })
    await expect(
      connectContainer(id, { ...none, containerId: container.id, ipAddress: '10.9.9.9' }),
    ).rejects.toMatchObject({ code: 'bad_request' })
    const free = await createNetwork({ ...bare, name: 'resources-net-free' })
    await expect(
      connectContainer(free.id, { ...none, containerId: container.id, ipAddress: '172.31.200.7' }),
    ).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('no range of its own') })
  })
})

describe('removeNetwork', () => {
  it('removes, and then does not find it', async () => {
    const { id } = await createNetwork({ ...bare, name: 'resources-net-gone' })
    await removeNetwork(id)
    await expect(removeNetwork(id)).rejects.toMatchObject({ code: 'network_not_found' })
    await expect(inspectNetwork(id)).rejects.toMatchObject({ code: 'network_not_found' })
  })
  it('leaves what belongs to Docker', async () => {
    const bridge = (await listNetworks()).find(({ name }) => name === 'bridge')
    await expect(removeNetwork(bridge?.id ?? '')).rejects.toMatchObject({ code: 'conflict' })
  })
})

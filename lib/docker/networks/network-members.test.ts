import { describe, expect, it } from 'vitest'
import { aContainer } from '../../../tests/fixtures/container.ts'
import type { ComposeLabels } from '../projects/compose-labels.ts'
import type { Container, ContainerNetwork } from '../containers/container.ts'
import type { Network } from './network.ts'
import { countNetworkMembers, networkMembers } from './network-members.ts'
import { leavingBreaks, networkPurpose, type Sentence } from './network-purpose.ts'

function networkNamed(name: string, more: Partial<Network> = {}): Network {
  return {
    id: `id-${name}`,
    name,
    driver: 'bridge',
    scope: 'local',
    isInternal: false,
    isAttachable: false,
    isIpv6: false,
    subnets: [],
    createdAtMs: 0,
    compose: null,
    isBuiltIn: false,
    ...more,
  }
}

function entry(networkId: string, name: string, dnsNames: string[]): ContainerNetwork {
  return { networkId, name, ipAddress: '10.0.0.2', ipv6Address: '', macAddress: '', dnsNames }
}

function compose(service: string, dependsOn: string[] = []): ComposeLabels {
  return {
    project: 'shop',
    service,
    number: 1,
    isOneOff: false,
    workingDir: '',
    configFiles: [],
    environmentFiles: [],
    version: '2.40.3',
    configHash: 'x',
    dependsOn: dependsOn.map((name) => ({ service: name, condition: 'service_healthy', restart: true })),
  }
}

function containerNamed(name: string, more: Partial<Container> = {}): Container {
  return aContainer(name, more)
}

const text = (sentences: readonly Sentence[]): string =>
  sentences
    .map((parts) => parts.map((part) => (typeof part === 'string' ? part : part.code)).join(''))
    .join(' ')

const shop = networkNamed('shop_default')
const db = containerNamed('postgres-db', {
  compose: compose('db'),
  networks: [entry(shop.id, shop.name, ['postgres-db', 'db', 'primary', 'postgres-db0'])],
})
const app = containerNamed('backend-app', {
  compose: compose('app', ['db']),
  networks: [entry(shop.id, shop.name, ['backend-app', 'app'])],
})
const stopped = containerNamed('job', { state: 'created', networks: [entry('', shop.name, [])] })

describe('networkMembers', () => {
  it('lists the running first and those that would join after, without addresses', () => {
    const members = networkMembers(shop, [stopped, db, app, containerNamed('alone')])
    expect(members.map(({ container }) => container.name)).toEqual(['backend-app', 'postgres-db', 'job'])
    expect(members[2]).toMatchObject({ isAttached: false, ipAddress: '', names: ['job', 'job000000000'] })
  })

  it('puts the service name first and the short id last', () => {
    expect(networkMembers(shop, [db])[0]?.names).toEqual(['db', 'postgres-db', 'primary', 'postgres-db0'])
  })

  it('gives no names where none resolve', () => {
    const bridge = networkNamed('bridge', { isBuiltIn: true })
    const member = containerNamed('x', { networks: [entry(bridge.id, 'bridge', ['x'])] })
    expect(networkMembers(bridge, [member])[0]?.names).toEqual([])
  })

  it('counts for a whole list what one network says', () => {
    const counts = countNetworkMembers([shop, networkNamed('other')], [db, app, stopped])
    expect(counts.get(shop.id)).toEqual({ attached: 2, stopped: 1 })
    expect(counts.get('id-other')).toEqual({ attached: 0, stopped: 0 })
  })
})

describe('networkPurpose', () => {
  it('says who reaches whom, along depends_on', () => {
    expect(text(networkPurpose(shop, networkMembers(shop, [db, app])))).toBe(
      'app reaches db as db or postgres-db here.',
    )
  })
  it('says so when one is alone, nobody runs, or nobody is there', () => {
    expect(text(networkPurpose(shop, networkMembers(shop, [db])))).toContain('db is alone here')
    expect(text(networkPurpose(shop, networkMembers(shop, [stopped])))).toContain('Nobody runs here now')
    expect(text(networkPurpose(shop, []))).toContain('Nobody is here')
  })
  it('tells of no way out, and of the three of the Engine', () => {
    expect(text(networkPurpose({ ...shop, isInternal: true }, []))).toContain('no way out')
    expect(text(networkPurpose(networkNamed('bridge', { isBuiltIn: true }), []))).toContain(
      'names do not resolve',
    )
    expect(text(networkPurpose(networkNamed('none', { isBuiltIn: true }), []))).toContain('no network at all')
    expect(text(networkPurpose(networkNamed('host', { isBuiltIn: true }), []))).toContain('machine itself')
  })
})

describe('leavingBreaks', () => {
  const leaving = (container: Container, containers: Container[]): string => {
    const members = networkMembers(shop, containers)
    const member = members.find((each) => each.container.id === container.id)
    if (!member) throw new Error('not a member')
    return text(leavingBreaks(shop, member, members))
  }
  it('says who loses whom, and that nothing is left', () => {
    expect(leaving(db, [db, app])).toBe(
      'app and db can no longer reach each other. It is the only network of postgres-db: nothing reaches it after that, and it reaches nothing.',
    )
    expect(leaving(db, [db, app, containerNamed('web', { networks: app.networks })])).toContain(
      'app and web can no longer reach db, nor it them.',
    )
  })
  it('does not count those that meet in another network too', () => {
    const other = entry('id-other', 'other', [])
    const both = [db, app].map((container) => ({ ...container, networks: [...container.networks, other] }))
    expect(leaving(db, both)).toBe('')
  })
  it('tells of published ports and of Compose', () => {
    const port = { containerPort: 80, protocol: 'tcp', hostPort: 80, hostIp: '' } as const
    expect(leaving({ ...db, ports: [port] }, [{ ...db, ports: [port] }])).toContain('published ports')
    const own = { ...shop, compose: { project: 'shop', network: 'default' } }
    const [member] = networkMembers(own, [db])
    expect(member && text(leavingBreaks(own, member, [member]))).toContain('Compose puts it back')
  })
})

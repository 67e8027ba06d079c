import { describe, expect, it } from 'vitest'
import type { PortBinding } from './container.ts'
import { distinctPorts, portLabel, portUrl } from './ports.ts'

const port = (over: Partial<PortBinding>): PortBinding => ({
  containerPort: 80,
  protocol: 'tcp',
  hostPort: 8080,
  hostIp: '0.0.0.0',
  ...over,
})

describe('portUrl', () => {
  it.each([
    [port({}), 'http://localhost:8080'],
    [port({ hostIp: '127.0.0.1' }), 'http://localhost:8080'],
    [port({ hostIp: '::' }), 'http://localhost:8080'],
    [port({ hostIp: '192.168.1.5' }), 'http://192.168.1.5:8080'],
    [port({ hostIp: 'fd00::1' }), 'http://[fd00::1]:8080'],
    [port({ containerPort: 443, hostPort: 8443 }), 'https://localhost:8443'],
    [port({ protocol: 'udp' }), null],
    [port({ hostPort: null, hostIp: '' }), null],
  ])('%j', (binding, url) => {
    expect(portUrl(binding)).toBe(url)
  })

  it('takes the page’s own host for a port bound to every address', () => {
    expect(portUrl(port({}), 'nas.local')).toBe('http://nas.local:8080')
  })
})

describe('portLabel', () => {
  it.each([
    [port({ hostPort: 80 }), '80'],
    [port({}), '8080→80'],
    [port({ protocol: 'udp', containerPort: 53, hostPort: 53 }), '53/udp'],
    [port({ hostPort: null, hostIp: '', containerPort: 5432 }), '5432 inside'],
    [port({ hostIp: '10.0.0.2', hostPort: 80 }), '10.0.0.2:80'],
  ])('%j', (binding, label) => {
    expect(portLabel(binding)).toBe(label)
  })
})

it('shows one publication once, published first', () => {
  const ports = [
    port({ containerPort: 9000, hostPort: null, hostIp: '' }),
    port({ containerPort: 80, hostPort: null, hostIp: '' }),
    port({ hostIp: '0.0.0.0' }),
    port({ hostIp: '::' }),
  ]
  expect(distinctPorts(ports).map(portLabel)).toEqual(['8080→80', '9000 inside'])
})

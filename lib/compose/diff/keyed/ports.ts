import type { ComposeService } from '../../model.ts'
import { byText, keyedPairs, type SettingPair } from '../pair.ts'
import type { RawHost } from '../raw.ts'

/** Publications by container port: `ports.80/tcp` from `127.0.0.1:8080`. */
export function portPairs(service: ComposeService, host: RawHost): SettingPair[] {
  return keyedPairs('ports', portsOf(host), wantedPorts(service))
}

function portsOf(host: RawHost): Map<string, string> {
  return new Map(
    Object.entries(host.PortBindings ?? {}).flatMap(([port, bindings]) => {
      const published = (bindings ?? []).map(({ HostIp = '', HostPort = '' }) => address(HostIp, HostPort))
      return published.length === 0 ? [] : [[port, sorted(published)]]
    }),
  )
}

function wantedPorts(service: ComposeService): Map<string, string> {
  const byPort = new Map<string, string[]>()
  for (const { target, published = '', host_ip: ip = '', protocol = 'tcp' } of service.ports ?? []) {
    const port = `${target}/${protocol}`
    byPort.set(port, [...(byPort.get(port) ?? []), address(ip, String(published))])
  }
  return new Map([...byPort].map(([port, list]) => [port, sorted(list)]))
}

const address = (ip: string, port: string): string =>
  `${ip === '' || ip === '0.0.0.0' ? '' : `${ip}:`}${port || 'any port'}`
const sorted = (list: readonly string[]): string => [...list].sort(byText).join(', ')

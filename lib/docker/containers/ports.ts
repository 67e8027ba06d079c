import type { PortBinding } from './container.ts'

const anyAddress = new Set(['', '0.0.0.0', '::'])
const thisMachine = new Set(['127.0.0.1', '::1'])

/** Where a published TCP port answers, from the browser's machine; null when it is not published or no browser speaks it. */
export function portUrl(port: PortBinding, pageHost = 'localhost'): string | null {
  if (port.hostPort === null || port.protocol !== 'tcp') return null
  const host = hostOf(port, pageHost)
  const isSecure = port.containerPort === 443 || port.containerPort === 8443
  return `${isSecure ? 'https' : 'http'}://${host}:${port.hostPort}`
}

function hostOf(port: PortBinding, pageHost: string): string {
  if (anyAddress.has(port.hostIp)) return pageHost
  if (thisMachine.has(port.hostIp)) return 'localhost'
  return port.hostIp.includes(':') ? `[${port.hostIp}]` : port.hostIp
}

/** The port in a few signs: `8000`, `8080→80`, `53/udp`, `5432 inside`. The address shows only when it is a special one. */
export function portLabel(port: PortBinding): string {
  const protocol = port.protocol === 'tcp' ? '' : `/${port.protocol}`
  if (port.hostPort === null) return `${port.containerPort}${protocol} inside`
  const isCommon = anyAddress.has(port.hostIp) || thisMachine.has(port.hostIp)
  const address = isCommon ? '' : `${port.hostIp.includes(':') ? `[${port.hostIp}]` : port.hostIp}:`
  const inside = port.hostPort === port.containerPort ? '' : `→${port.containerPort}`
  return `${address}${port.hostPort}${inside}${protocol}`
}

/** The ports worth showing, those a browser can open first, then what else is published; IPv4 and IPv6 of one publication are one. */
export function distinctPorts(ports: readonly PortBinding[]): PortBinding[] {
  const byLabel = new Map<string, PortBinding>()
  for (const port of ports) {
    const label = portLabel(port)
    const isPublishedInside = port.hostPort === null && ports.some((other) => isPublication(other, port))
    if (!byLabel.has(label) && !isPublishedInside) byLabel.set(label, port)
  }
  return [...byLabel.values()].sort((a, b) => distance(a) - distance(b) || a.containerPort - b.containerPort)
}

const distance = (port: PortBinding): number => (portUrl(port) !== null ? 0 : port.hostPort !== null ? 1 : 2)

function isPublication(port: PortBinding, exposed: PortBinding): boolean {
  return (
    port.hostPort !== null &&
    port.containerPort === exposed.containerPort &&
    port.protocol === exposed.protocol
  )
}

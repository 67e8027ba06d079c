import type { RunPort } from './run-spec.ts'

const protocols: readonly string[] = ['tcp', 'udp', 'sctp']

/** Reads `[[ip:]hostPort:]containerPort[/protocol]`, as `-p` takes it; a text says what is wrong. Also the long form `target=80,published=8080`. */
export function parsePort(text: string): RunPort | string {
  if (/^[a-z_]+=/.test(text)) return parseLongPort(text)
  const slash = text.lastIndexOf('/')
  const protocol = slash < 0 ? 'tcp' : text.slice(slash + 1).toLowerCase()
  if (!isProtocol(protocol)) return `“${protocol}” is not a protocol: tcp, udp or sctp.`
  const address = slash < 0 ? text : text.slice(0, slash)
  const bracket = /^\[([^\]]*)\]:(.*)$/.exec(address)
  const parts = (bracket?.[2] ?? address).split(':')
  const containerPort = parts.pop() ?? ''
  const hostPort = parts.pop() ?? ''
  const port = { hostIp: bracket?.[1] ?? parts.join(':'), hostPort, containerPort, protocol }
  return portProblem(port) ?? port
}

function parseLongPort(text: string): RunPort | string {
  const values = new Map(text.split(',').map((part) => part.split('=', 2) as [string, string | undefined]))
  const protocol = values.get('protocol') ?? 'tcp'
  if (!isProtocol(protocol)) return `“${protocol}” is not a protocol: tcp, udp or sctp.`
  const port = {
    hostIp: values.get('host_ip') ?? '',
    hostPort: values.get('published') ?? '',
    containerPort: values.get('target') ?? '',
    protocol,
  }
  return portProblem(port) ?? port
}

function isProtocol(text: string): text is RunPort['protocol'] {
  return protocols.includes(text)
}

/** As `-p` takes it: `127.0.0.1:8080:80/udp`. */
export function printPort({ hostIp, hostPort, containerPort, protocol }: RunPort): string {
  const ip = hostIp === '' ? '' : `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:`
  const host = hostIp === '' && hostPort === '' ? '' : `${hostPort}:`
  return `${ip}${host}${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`
}

/** What is wrong with a port, in words for its row, or null. */
export function portProblem({ hostIp, hostPort, containerPort }: RunPort): string | null {
  if (containerPort === '') return 'Write the port inside the container, for example 80.'
  const inside = readPortRange(containerPort)
  if (inside === null) return `“${containerPort}” is not a port: a number from 1 to 65535.`
  if (hostPort !== '') {
    const outside = readPortRange(hostPort)
    if (outside === null) return `“${hostPort}” is not a port: a number from 1 to 65535.`
    const [count, room] = [lengthOf(inside), lengthOf(outside)]
    if (count !== room && count !== 1)
      return `${hostPort} and ${containerPort} are ranges of different lengths.`
  }
  if (hostIp !== '' && !isAddress(hostIp)) return `“${hostIp}” is not an IP address of this machine.`
  return null
}

/** First and last port of `8080` or `8000-8010`, or null. */
export function readPortRange(text: string): { first: number; last: number } | null {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text)
  if (!match) return null
  const first = Number(match[1])
  const last = Number(match[2] ?? match[1])
  return first >= 1 && last <= 65_535 && first <= last ? { first, last } : null
}

const lengthOf = ({ first, last }: { first: number; last: number }): number => last - first + 1

function isAddress(text: string): boolean {
  const isFour = /^\d{1,3}(\.\d{1,3}){3}$/.test(text) && text.split('.').every((part) => Number(part) <= 255)
  return isFour || (text.includes(':') && /^[0-9a-fA-F:.]{2,45}(%\w+)?$/.test(text))
}

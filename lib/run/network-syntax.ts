import { parseAddress } from '../docker/networks/network-subnet.ts'
import { networkAliasProblem } from '../docker/networks/network-name.ts'
import type { RunNetwork } from './run-spec.ts'

/** Reads what `--network` takes: a name, or `name=shop,alias=web,ip=10.0.0.5`; a text says what is wrong. */
export function parseNetwork(text: string): RunNetwork | string {
  if (!/(?:^|,)name=/.test(text)) return { name: text, aliases: [], ip: '' }
  const network: RunNetwork = { name: '', aliases: [], ip: '' }
  for (const part of text.split(',')) {
    const equals = part.indexOf('=')
    const [key, value] = [part.slice(0, equals), part.slice(equals + 1)]
    if (key === 'name') network.name = value
    else if (key === 'alias') network.aliases.push(value)
    else if (key === 'ip') network.ip = value
    else return `“${key || part}” is not an option of a network: name, alias and ip.`
  }
  return network
}

/** The arguments of all networks: the first in its classic form, the others in one word each. */
export function printNetworks([first, ...rest]: readonly RunNetwork[]): string[] {
  if (!first) return []
  return [
    '--network',
    first.name,
    ...first.aliases.flatMap((alias) => ['--network-alias', alias]),
    ...(first.ip === '' ? [] : ['--ip', first.ip]),
    ...rest.flatMap((network) => ['--network', printLong(network)]),
  ]
}

function printLong({ name, aliases, ip }: RunNetwork): string {
  if (aliases.length === 0 && ip === '') return name
  return [
    `name=${name}`,
    ...aliases.map((alias) => `alias=${alias}`),
    ...(ip === '' ? [] : [`ip=${ip}`]),
  ].join(',')
}

const ownModes = /^(?:host|none|bridge|default|container:.+)$/

/** What is wrong with one network among all, in words for its row, or null. */
export function networkProblem(network: RunNetwork, all: readonly RunNetwork[]): string | null {
  const { name, aliases, ip } = network
  if (name === '') return 'Choose a network.'
  if (/[\s,=]/.test(name)) return `“${name}” is not the name of a network.`
  if (all.length > 1 && /^(?:host|none|container:.+)$/.test(name))
    return `${name} cannot be combined with other networks.`
  if (ownModes.test(name) && aliases.length > 0)
    return `Names inside need a network of your own: ${name} has none.`
  const alias = aliases.map(networkAliasProblem).find(Boolean)
  if (alias) return alias
  if (ip === '') return null
  if (parseAddress(ip)?.family !== 4) return `“${ip}” is not an IPv4 address.`
  return ownModes.test(name) ? `A fixed address needs a network of your own: ${name} gives its own.` : null
}

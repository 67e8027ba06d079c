import type { Network } from './network.ts'
import { hasNames, type NetworkMember } from './network-members.ts'

/** A sentence in parts; `code` is set apart on screen and is plain data (names may be hostile). */
export type Sentence = readonly (string | { code: string })[]

/** What a network does, in sentences a person would say, with its real names. */
export function networkPurpose(network: Network, members: readonly NetworkMember[]): Sentence[] {
  if (network.isBuiltIn) return builtInPurpose(network.name)
  if (network.driver === 'host') return builtInPurpose('host')
  const sentences: Sentence[] = [reach(network, members)]
  if (network.isInternal)
    sentences.push([
      'It is internal: no way out to the internet from here, and published ports do not reach in.',
    ])
  else if (network.driver === 'macvlan' || network.driver === 'ipvlan')
    sentences.push(['Its containers have addresses of their own on the network of the machine.'])
  return sentences
}

function builtInPurpose(name: string): Sentence[] {
  switch (name) {
    case 'host':
      return [['Containers here use the ports and addresses of the machine itself: nothing is kept apart.']]
    case 'none':
      return [['Containers here have no network at all, only themselves.']]
    default:
      return [
        [
          'Where containers go that name no network. They reach each other by address only: names do not resolve here. A network of your own gives them names.',
        ],
      ]
  }
}

function reach(network: Network, members: readonly NetworkMember[]): Sentence {
  const attached = members.filter((member) => member.isAttached)
  const [target, from] = pickPair(attached)
  if (!target) {
    return members.length === 0
      ? ['Nobody is here. Containers in this network would find each other by name.']
      : ['Nobody runs here now. Its containers join when they start, and then find each other by name.']
  }
  if (!from)
    return [
      { code: shownName(target) },
      ' is alone here. Containers that join reach it as ',
      ...either(target),
      '.',
    ]
  if (!hasNames(network)) return ['Its containers reach each other by address.']
  return [
    { code: shownName(from) },
    ' reaches ',
    { code: shownName(target) },
    ' as ',
    ...either(target),
    ' here.',
  ]
}

/** The one most likely reached (others depend on it) and one that reaches it. */
function pickPair(
  attached: readonly NetworkMember[],
): [NetworkMember | undefined, NetworkMember | undefined] {
  for (const from of attached)
    for (const { service } of from.container.compose?.dependsOn ?? []) {
      const target = attached.find(
        ({ container }) =>
          container.compose?.service === service &&
          container.compose.project === from.container.compose?.project,
      )
      if (target) return [target, from]
    }
  return [attached[0], attached[1]]
}

function shownName(member: NetworkMember): string {
  return member.container.compose?.service || member.container.name
}

function either(member: NetworkMember): Sentence {
  const [first = member.container.name, second] = member.names
  return second && second !== member.container.id.slice(0, 12)
    ? [{ code: first }, ' or ', { code: second }]
    : [{ code: first }]
}

/** What breaks when a container leaves a network, one sentence each; empty when nothing does. */
export function leavingBreaks(
  network: Network,
  leaving: NetworkMember,
  members: readonly NetworkMember[],
): Sentence[] {
  const { container } = leaving
  const others = members.filter((member) => member.isAttached && member.container.id !== container.id)
  const losing = others.filter((other) => !sharesAnother(network, leaving, other))
  const isLast = !container.networks.some((entry) => !isSame(network, entry))
  const sentences: Sentence[] = []
  if (leaving.isAttached && losing.length > 0)
    sentences.push([
      ...list(losing.map(shownName)),
      losing.length === 1 ? ' and ' : ' can no longer reach ',
      ...(losing.length === 1
        ? [{ code: shownName(leaving) }, ' can no longer reach each other.']
        : [{ code: shownName(leaving) }, ', nor it them.']),
    ])
  if (isLast)
    sentences.push([
      'It is the only network of ',
      { code: container.name },
      ': nothing reaches it after that, and it reaches nothing.',
    ])
  if (isLast && leaving.isAttached && container.ports.some(({ hostPort }) => hostPort !== null))
    sentences.push(['Its published ports stop answering.'])
  if (network.compose && container.compose?.project === network.compose.project)
    sentences.push(['Compose puts it back when it recreates the container.'])
  return sentences
}

function sharesAnother(network: Network, a: NetworkMember, b: NetworkMember): boolean {
  const mine = a.container.networks
    .filter((entry) => !isSame(network, entry))
    .map(({ networkId }) => networkId)
  return b.container.networks.some((entry) => entry.networkId !== '' && mine.includes(entry.networkId))
}

function isSame(network: Network, entry: { networkId: string; name: string }): boolean {
  return entry.networkId ? entry.networkId === network.id : entry.name === network.name
}

function list(names: readonly string[]): Sentence {
  const shown = names.slice(0, 3)
  const more = names.length - shown.length
  return shown.flatMap((name, index) => {
    const isLast = index === shown.length - 1 && more === 0
    const lead = index === 0 ? [] : [isLast ? ' and ' : ', ']
    const tail = index === shown.length - 1 && more > 0 ? [` and ${more} more`] : []
    return [...lead, { code: name }, ...tail]
  })
}

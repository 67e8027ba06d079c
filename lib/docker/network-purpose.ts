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

/** An address range. `base` and `size` are numbers of addresses; IPv6 needs more than 53 bits. */
export interface Subnet {
  family: 4 | 6
  base: bigint
  prefixLength: number
}

/** Reads `10.1.0.0/24` or `fd00::/64`; null when it is not one. Host bits may be set (see `subnetProblem`). */
export function parseSubnet(text: string): Subnet | null {
  const match = /^([0-9a-fA-F.:]{2,45})\/(\d{1,3})$/.exec(text)
  const address = match?.[1] ? parseAddress(match[1]) : null
  const prefixLength = Number(match?.[2])
  if (!address || prefixLength > bits(address.family)) return null
  return { family: address.family, base: address.value, prefixLength }
}

/** Reads an IPv4 or IPv6 address into a number; null when it is not one (IPv4 inside IPv6 is not taken). */
export function parseAddress(text: string): { family: 4 | 6; value: bigint } | null {
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text)
}

/** What is wrong with a subnet for a new network, in words for its field, or null. Empty is fine: the Engine picks one. */
export function subnetProblem(
  text: string,
  taken: readonly { name: string; subnet: string }[],
): string | null {
  if (text === '') return null
  const subnet = parseSubnet(text)
  if (!subnet) return 'Write a range such as 10.20.0.0/24.'
  if (subnet.prefixLength === 0) return 'That is every address there is: choose a smaller range.'
  if (subnet.prefixLength > bits(subnet.family) - 2)
    return `A /${subnet.prefixLength} has no room for containers.`
  const first = firstAddress(subnet)
  if (first !== subnet.base)
    return `A range begins at its first address: ${formatAddress(subnet.family, first)}/${subnet.prefixLength}.`
  for (const other of taken) {
    const known = parseSubnet(other.subnet)
    if (known && subnetsOverlap(subnet, known))
      return `Overlaps ${other.subnet} of the network ${other.name}.`
  }
  return null
}

/** What is wrong with a fixed address for a container in these subnets, or null. Empty is fine. */
export function memberAddressProblem(text: string, subnets: readonly string[]): string | null {
  if (text === '') return null
  const address = parseIpv4(text)
  if (!address) return 'Write an address such as 10.20.0.5.'
  const parsed = subnets.flatMap((subnet) => parseSubnet(subnet) ?? []).filter(({ family }) => family === 4)
  const home = parsed.find((subnet) => contains(subnet, address.value))
  if (!home) return `Must be inside ${subnets.join(' or ') || 'the subnet'}.`
  if (address.value === firstAddress(home)) return 'The first address names the network itself.'
  if (address.value === lastAddress(home)) return 'The last address is for broadcast.'
  return null
}

/** True when the two ranges share an address. */
export function subnetsOverlap(a: Subnet, b: Subnet): boolean {
  if (a.family !== b.family) return false
  return firstAddress(a) <= lastAddress(b) && firstAddress(b) <= lastAddress(a)
}

/** How many containers fit: IPv4 without network, broadcast and gateway; null for IPv6 (more than anyone needs). */
export function subnetCapacity(text: string): number | null {
  const subnet = parseSubnet(text)
  if (!subnet || subnet.family === 6) return null
  return Math.max(0, 2 ** (32 - subnet.prefixLength) - 3)
}

function bits(family: 4 | 6): number {
  return family === 4 ? 32 : 128
}

function firstAddress(subnet: Subnet): bigint {
  const hostBits = BigInt(bits(subnet.family) - subnet.prefixLength)
  return (subnet.base >> hostBits) << hostBits
}

function lastAddress(subnet: Subnet): bigint {
  return firstAddress(subnet) + (1n << BigInt(bits(subnet.family) - subnet.prefixLength)) - 1n
}

function contains(subnet: Subnet, value: bigint): boolean {
  return firstAddress(subnet) <= value && value <= lastAddress(subnet)
}

function parseIpv4(text: string): { family: 4; value: bigint } | null {
  const parts = text.split('.')
  // Leading zeros are refused: some programs read them as octal.
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return null
  return { family: 4, value: parts.reduce((value, part) => value * 256n + BigInt(part), 0n) }
}

function parseIpv6(text: string): { family: 6; value: bigint } | null {
  const halves = text.split('::')
  if (halves.length > 2) return null
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return null
  return { family: 6, value: groups.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n) }
}

function formatAddress(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - index * 16)) & 65_535n).toString(16),
  )
  const text = groups.join(':')
  const runs = [...text.matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)
  const longest = runs[0]
  if (!longest) return text
  const before = text.slice(0, longest.index)
  const after = text.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${before}::${after}`
}

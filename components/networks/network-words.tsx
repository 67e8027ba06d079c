import { Badge } from '#components/ui/badge'
import type { NetworkRow } from '#lib/docker/networks/network-list'
import type { Network } from '#lib/docker/networks/network'

/** What is special about a network, as short words. */
export function NetworkBadges({ network, isUnused = false }: { network: Network; isUnused?: boolean }) {
  return (
    <>
      {network.isBuiltIn ? <Badge>built in</Badge> : null}
      {network.isInternal ? <Badge tone="accent">internal</Badge> : null}
      {network.isAttachable ? <Badge>attachable</Badge> : null}
      {network.isIpv6 ? <Badge>IPv6</Badge> : null}
      {isUnused ? <Badge>unused</Badge> : null}
    </>
  )
}

/** `3`, `2 + 1 stopped`, `1 stopped`, or `none`. */
export function memberWords({ attached, stopped }: Pick<NetworkRow, 'attached' | 'stopped'>): string {
  if (attached + stopped === 0) return 'none'
  if (stopped === 0) return `${attached}`
  return attached === 0 ? `${stopped} stopped` : `${attached} + ${stopped} stopped`
}

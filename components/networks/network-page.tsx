'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useContainers, useIsLoaded, useNetworks } from '#components/live/hooks'
import { Button } from '#components/ui/button'
import { Sentences } from '#components/ui/code'
import { CommandLine } from '#components/ui/command-line'
import { ErrorPanel } from '#components/ui/error-panel'
import { Fact, Facts, Section } from '#components/ui/facts'
import { KeyValues } from '#components/ui/key-values'
import { PageBody, PageHeader } from '#components/ui/page-header'
import { RelativeTime } from '#components/ui/relative-time'
import { ResourceGone } from '#components/ui/resource-gone'
import { Skeleton } from '#components/ui/skeleton'
import { pages } from '#lib/api/paths'
import { command } from '#lib/docker/command'
import type { Network } from '#lib/docker/networks/network'
import { type NetworkMember, networkMembers } from '#lib/docker/networks/network-members'
import { networkPurpose } from '#lib/docker/networks/network-purpose'
import { networkDetailQuery } from './calls.ts'
import { ConnectDialog } from './connect-dialog.tsx'
import { DisconnectDialog } from './disconnect-dialog.tsx'
import { MemberTable } from './member-table.tsx'
import { NetworkBadges } from './network-words.tsx'
import { RemoveNetworkDialog } from './remove-network-dialog.tsx'

/** One network by the beginning of its id. */
export function NetworkPage({ id }: { id: string }) {
  const network = useNetworks().find((each) => each.id.startsWith(id))
  const isLoaded = useIsLoaded()
  if (!network) return <ResourceGone isLoaded={isLoaded} noun="network" name={id} listHref={pages.networks} />
  return <KnownNetwork network={network} />
}

function KnownNetwork({ network }: { network: Network }) {
  const router = useRouter()
  const members = networkMembers(network, useContainers())
  const [asked, setAsked] = useState<'connect' | 'remove' | NetworkMember | null>(null)
  const close = () => setAsked(null)
  const isUnused = members.length === 0 && !network.isBuiltIn
  const canJoin = network.name !== 'host' && network.name !== 'none'
  return (
    <>
      <PageHeader
        title={network.name}
        summary={
          <span className="flex items-center gap-2">
            <span>{network.driver} network</span>
            <NetworkBadges network={network} isUnused={isUnused} />
          </span>
        }
        actions={
          <>
            {canJoin ? (
              <Button needs="engine" onClick={() => setAsked('connect')}>
                Connect a container…
              </Button>
            ) : null}
            {network.isBuiltIn ? null : (
              <Button needs="operator" onClick={() => setAsked('remove')}>
                Remove…
              </Button>
            )}
          </>
        }
      />
      <PageBody>
        <p className="mb-5 max-w-[80ch] text-muted">
          <Sentences sentences={networkPurpose(network, members)} />
        </p>
        {members.length > 0 ? (
          <Section title="Containers" aside={<MemberSummary members={members} />}>
            <MemberTable members={members} canLeave={canJoin} onDisconnect={setAsked} />
          </Section>
        ) : null}
        <NetworkFacts network={network} />
      </PageBody>
      <CommandLine command={command.networkInspect(network.name)} />
      {asked === 'connect' ? <ConnectDialog network={network} onClose={close} /> : null}
      {asked === 'remove' ? (
        <RemoveNetworkDialog
          networks={[network]}
          onClose={close}
          onRemoved={() => router.push(pages.networks)}
        />
      ) : null}
      {asked !== null && typeof asked === 'object' ? (
        <DisconnectDialog network={network} member={asked} onClose={close} />
      ) : null}
    </>
  )
}

function MemberSummary({ members }: { members: readonly NetworkMember[] }) {
  const attached = members.filter(({ isAttached }) => isAttached).length
  const stopped = members.length - attached
  return (
    <>
      {attached} attached{stopped > 0 ? `, ${stopped} stopped` : ''}
    </>
  )
}

function NetworkFacts({ network }: { network: Network }) {
  const detail = useQuery(networkDetailQuery(network.id))
  return (
    <div className="mt-7 grid gap-x-10 gap-y-7 @[60rem]/body:grid-cols-2">
      <Section title="Network">
        <Facts>
          <Fact name="Id" isMono>
            {network.id}
          </Fact>
          <Fact name="Scope">{network.scope}</Fact>
          {network.subnets.map(({ subnet, gateway }) => (
            <Fact key={subnet} name="Subnet" isMono>
              {subnet}
              {gateway ? <span className="text-faint">, gateway {gateway}</span> : null}
            </Fact>
          ))}
          <Fact name="Project">
            {network.compose ? (
              <>
                <Link className="text-accent hover:underline" href={pages.project(network.compose.project)}>
                  {network.compose.project}
                </Link>
                <span className="text-faint">, as {network.compose.network} in its file</span>
              </>
            ) : (
              <span className="text-faint">none</span>
            )}
          </Fact>
          <Fact name="Created">
            <RelativeTime atMs={network.createdAtMs} />
          </Fact>
        </Facts>
      </Section>
      {detail.isError ? (
        <ErrorPanel error={detail.error} onRetry={() => void detail.refetch()} />
      ) : detail.data ? (
        <div className="grid content-start gap-7">
          <Section title="Labels">
            <KeyValues values={detail.data.labels} empty="None." />
          </Section>
          <Section title="Driver options">
            <KeyValues values={detail.data.options} empty="None: the driver's own." />
          </Section>
        </div>
      ) : (
        <Skeleton className="h-24 w-full" />
      )}
    </div>
  )
}

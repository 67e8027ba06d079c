'use client'

import Link from 'next/link'
import { useMemo } from 'react'
import { AttentionList } from '#components/attention/attention-list'
import { LastWords } from '#components/attention/last-words'
import { useAttention } from '#components/attention/use-attention'
import { useContainer } from '#components/live/hooks'
import { Bytes } from '#components/ui/bytes'
import { Fact, Facts, Section } from '#components/ui/facts'
import { PortList } from '#components/ui/port-link'
import { RelativeTime } from '#components/ui/relative-time'
import { pages } from '#lib/api/paths'
import type { Container } from '#lib/docker/containers/container'
import type { ContainerDetail } from '#lib/docker/containers/container-detail'
import { healthWords } from '#lib/docker/containers/container-words'
import { exitCodeWords } from '#lib/docker/containers/exit-code'
import { restartPolicyWords } from '#lib/docker/containers/restart-policy'
import { formatCommand } from '#lib/docker/shell-quote'
import { ProbeList } from './probe-list.tsx'
import { WithDetail } from './use-container-detail.tsx'

/** The facts at a glance. */
export function OverviewTab({ id }: { id: string }) {
  const live = useContainer(id)
  return (
    <WithDetail id={id} label="Reading the container">
      {(detail) => <Overview detail={detail} container={live ?? detail.container} />}
    </WithDetail>
  )
}

function Overview({ detail, container }: { detail: ContainerDetail; container: Container }) {
  return (
    <div className="grid grid-cols-1 gap-x-12 gap-y-7 pt-4 @3xl/body:grid-cols-2">
      <WhyItNeedsYou container={container} />
      <Section title="Runs">
        <Facts>
          <Fact name="Command" isMono>
            {formatCommand([...detail.entrypoint, ...detail.command]) || 'none'}
          </Fact>
          <Fact name="Image" isMono>
            <Link
              href={pages.image(container.imageId)}
              prefetch={false}
              className="text-accent hover:underline"
            >
              {container.image}
            </Link>
          </Fact>
          <Fact name="User">{detail.user || 'root (the image sets none)'}</Fact>
          {detail.workingDir ? (
            <Fact name="Working dir" isMono>
              {detail.workingDir}
            </Fact>
          ) : null}
          <Fact name="Restart policy">{restartPolicyWords(container.restartPolicy)}</Fact>
          <Fact name="Restarts">{container.restartCount}</Fact>
          <Fact name="Stops with">
            {detail.stopSignal}, killed after {detail.stopTimeoutSeconds} s
          </Fact>
        </Facts>
      </Section>
      <Section title="State">
        <Facts>
          <Fact name="Health">{healthWords(container).text}</Fact>
          {container.exitCode !== null && container.state !== 'running' ? (
            <Fact name="Exit code">
              {container.exitCode}: {exitCodeWords(container.exitCode, container.isOutOfMemory)}
            </Fact>
          ) : null}
          {container.startError ? <Fact name="Engine says">{container.startError}</Fact> : null}
          <Fact name="Created">
            <RelativeTime atMs={container.createdAtMs} />
          </Fact>
          {container.startedAtMs ? (
            <Fact name="Started">
              <RelativeTime atMs={container.startedAtMs} />
            </Fact>
          ) : null}
          {container.finishedAtMs && container.state !== 'running' ? (
            <Fact name="Ended">
              <RelativeTime atMs={container.finishedAtMs} />
            </Fact>
          ) : null}
          <Fact name="Id" isMono>
            {container.id.slice(0, 12)}
          </Fact>
        </Facts>
      </Section>
      <Section title="Reaches">
        <Facts>
          <Fact name="Ports">
            {container.ports.length === 0 ? (
              'none'
            ) : (
              <PortList ports={container.ports} className="flex-wrap" />
            )}
          </Fact>
          {container.networks.map((network) => (
            <Fact key={network.networkId || network.name} name={network.name}>
              {network.ipAddress || 'not attached while stopped'}
              {network.dnsNames.length > 0 ? (
                <span className="text-faint"> as {network.dnsNames.join(', ')}</span>
              ) : null}
            </Fact>
          ))}
          <Fact name="Logs go to">{detail.logDriver}</Fact>
        </Facts>
      </Section>
      <Section title="Keeps and may use">
        <Facts>
          {container.mounts.map((mount) => (
            <Fact key={mount.destination} name={mount.type} isMono>
              {mount.destination} <span className="text-faint">from</span>{' '}
              {mount.name || mount.source || 'memory'}
            </Fact>
          ))}
          {container.mounts.length === 0 ? (
            <Fact name="Mounts">none: what it writes goes with it</Fact>
          ) : null}
          <Fact name="Memory">
            {detail.limits.memoryBytes > 0 ? <Bytes value={detail.limits.memoryBytes} /> : 'no limit'}
          </Fact>
          <Fact name="CPU">{detail.limits.cpus > 0 ? `${detail.limits.cpus} cores` : 'no limit'}</Fact>
          <Fact name="File system">{detail.isReadOnlyRoot ? 'read-only' : 'writable'}</Fact>
          {detail.isPrivileged ? (
            <Fact name="Privileged">
              <span className="text-warn">yes: it can do anything on this machine</span>
            </Fact>
          ) : null}
        </Facts>
      </Section>
      {detail.healthProbes.length > 0 && container.health !== 'unhealthy' ? (
        <div className="@3xl/body:col-span-2">
          <Section title="Last health check">
            <ProbeList probes={detail.healthProbes.slice(-1)} />
          </Section>
        </div>
      ) : null}
    </div>
  )
}

function WhyItNeedsYou({ container }: { container: Container }) {
  const attention = useAttention(useMemo(() => [container], [container]))
  if (attention.length === 0) return null
  return (
    <div className="@3xl/body:col-span-2">
      <AttentionList items={attention} evidenceOf={(item) => <LastWords item={item} />} />
    </div>
  )
}

'use client'

import { EmptyState } from '#components/ui/empty-state'
import { Fact, Facts, Section } from '#components/ui/facts'
import type { HealthCheck } from '#lib/docker/containers/container-detail'
import { formatSpan } from '#lib/format/time'
import { formatCommand } from '#lib/docker/shell-quote'
import { ProbeList } from './probe-list.tsx'
import { WithDetail } from './use-container-detail.tsx'

/** The health check: what it runs, and what its last runs said. */
export function HealthTab({ id }: { id: string }) {
  return (
    <WithDetail id={id} label="Reading the health check">
      {({ healthCheck, healthProbes, failingStreak }) =>
        healthCheck === null ? (
          <EmptyState title="No health check">
            Docker only knows that the process runs, not that it works. Give the service a{' '}
            <code className="font-mono text-xs">healthcheck</code> in the Compose file, and others can wait
            for it with <code className="font-mono text-xs">condition: service_healthy</code>.
          </EmptyState>
        ) : (
          <div className="grid grid-cols-1 gap-7 pt-4">
            <Section title="Check">
              <CheckFacts check={healthCheck} failingStreak={failingStreak} />
            </Section>
            <Section title="Last runs" aside="the Engine keeps five">
              {healthProbes.length === 0 ? (
                <p className="text-muted">It has not run yet.</p>
              ) : (
                <ProbeList probes={healthProbes} />
              )}
            </Section>
          </div>
        )
      }
    </WithDetail>
  )
}

function CheckFacts({ check, failingStreak }: { check: HealthCheck; failingStreak: number }) {
  return (
    <Facts>
      <Fact name="Command" isMono>
        {check.command.length === 1 ? check.command[0] : formatCommand(check.command)}
      </Fact>
      <Fact name="Every">{formatSpan(check.intervalMs)}</Fact>
      <Fact name="May take">{formatSpan(check.timeoutMs)}</Fact>
      <Fact name="Unhealthy after">
        {check.retries} failures in a row{failingStreak > 0 ? `, now ${failingStreak}` : ''}
      </Fact>
      {check.startPeriodMs > 0 ? (
        <Fact name="Failures do not count">in the first {formatSpan(check.startPeriodMs)}</Fact>
      ) : null}
    </Facts>
  )
}

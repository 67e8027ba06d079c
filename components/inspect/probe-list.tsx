'use client'

import { RelativeTime } from '#components/ui/relative-time'
import { State } from '#components/ui/state'
import type { HealthProbe } from '#lib/docker/containers/container-detail'

/** Runs of a health check with what they printed, newest first. */
export function ProbeList({ probes }: { probes: readonly HealthProbe[] }) {
  return (
    <ol className="grid gap-3">
      {[...probes].reverse().map((probe) => (
        <li key={probe.startedAtMs} className="grid gap-1">
          <p className="flex flex-wrap gap-x-4 text-muted">
            <State tone={probe.exitCode === 0 ? 'good' : 'bad'}>
              {probe.exitCode === 0 ? 'passed' : `failed, exit ${probe.exitCode}`}
            </State>
            <RelativeTime atMs={probe.startedAtMs} />
            <span>took {Math.round(probe.durationMs)} ms</span>
          </p>
          {probe.output.trim() === '' ? null : (
            <pre className="max-h-48 overflow-auto rounded-md bg-sunk px-3 py-2 font-mono text-xs leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
              {probe.output.trimEnd()}
            </pre>
          )}
        </li>
      ))}
    </ol>
  )
}

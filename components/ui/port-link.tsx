'use client'

import { useSyncExternalStore } from 'react'
import type { PortBinding } from '#lib/docker/containers/container'
import { distinctPorts, portLabel, portUrl } from '#lib/docker/containers/ports'
import { cx } from '#lib/format/cx'

const neverChanges = () => () => undefined

/** The host this page came from: there a port that is published on every address answers too. */
function usePageHost(): string {
  return useSyncExternalStore(
    neverChanges,
    () => location.hostname,
    () => 'localhost',
  )
}

/** A published port as a link to where it answers; an exposed one as words. */
export function PortLink({ port }: { port: PortBinding }) {
  const url = portUrl(port, usePageHost())
  const label = portLabel(port)
  if (url === null) return <span className="font-mono text-xs text-faint">{label}</span>
  return (
    <a
      href={url}
      target="_blank"
      rel="noreferrer"
      title={`${url}, port ${port.containerPort}/${port.protocol} inside`}
      className="font-mono text-xs text-accent hover:underline"
    >
      {label}
    </a>
  )
}

/** A container's ports on one line. More than `limit` show the first ones and count the rest, named in the title. */
export function PortList({
  ports,
  limit = Infinity,
  className,
}: {
  ports: readonly PortBinding[]
  limit?: number
  className?: string
}) {
  const all = distinctPorts(ports)
  const shown = all.length > limit ? all.slice(0, limit - 1) : all
  const rest = all.slice(shown.length)
  return (
    <span className={cx('flex gap-x-2.5', className)}>
      {shown.map((port) => (
        <PortLink key={keyOf(port)} port={port} />
      ))}
      {rest.length > 0 ? (
        <span className="text-xs text-faint" title={rest.map(portLabel).join(', ')}>
          +{rest.length} more
        </span>
      ) : null}
    </span>
  )
}

const keyOf = (port: PortBinding): string =>
  `${port.hostIp}:${port.hostPort}:${port.containerPort}/${port.protocol}`

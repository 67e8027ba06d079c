import type { PortBinding } from '#lib/docker/container'
import { portLabel, portUrl } from '#lib/docker/ports'

/** A published port as a link to where it answers; an exposed one as words. */
export function PortLink({ port }: { port: PortBinding }) {
  const url = portUrl(port)
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

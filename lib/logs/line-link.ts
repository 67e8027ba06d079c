import { formatCursor, type LineCursor, parseCursor } from './cursor.ts'

/** Which log a line is shown in: its container's own, or the merged one of a project. */
export type LinkPlace = { kind: 'container' } | { kind: 'project'; name: string }

/** The page's address that shows this line of this container: `/containers/<id>/logs?line=<cursor>`, in a project `?line=<container id>:<cursor>`. */
export function lineLink(place: LinkPlace, containerId: string, cursor: LineCursor): string {
  return place.kind === 'project'
    ? `/projects/${encodeURIComponent(place.name)}/logs?line=${containerId}:${formatCursor(cursor)}`
    : `/containers/${containerId}/logs?line=${formatCursor(cursor)}`
}

export interface LinkedLine {
  /** Null where the page is the container's own. */
  containerId: string | null
  cursor: LineCursor
}

/** Reads the `line` parameter of such an address; null for anything else. */
export function parseLineParameter(text: string): LinkedLine | null {
  const colon = text.indexOf(':')
  const containerId = colon < 0 ? null : text.slice(0, colon)
  if (containerId !== null && !/^[0-9a-f]{12,64}$/.test(containerId)) return null
  const cursor = parseCursor(text.slice(colon + 1))
  return cursor && { containerId, cursor }
}

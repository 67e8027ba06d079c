const colors = ['text-s1', 'text-s2', 'text-s3', 'text-s4', 'text-s5', 'text-s6'] as const

/** The colour of a source's name; the seventh begins again. */
export function sourceColor(index: number): string {
  return colors[index % colors.length] ?? colors[0]
}

/** `app`, `app 2` for the second replica, the container's name outside Compose. */
export function sourceLabel(source: { service: string; number: number; name: string }): string {
  if (!source.service) return source.name
  return source.number > 1 ? `${source.service} ${source.number}` : source.service
}

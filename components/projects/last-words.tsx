'use client'

import { useQuery } from '@tanstack/react-query'
import { getJson, openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { Attention } from '#lib/docker/attention'
import type { ContainerDetail } from '#lib/docker/container-detail'
import { stripAnsi } from '#lib/logs/ansi'
import { showHidden } from '#lib/logs/visible-text'
import { Evidence } from './attention-list.tsx'

/** The evidence under a finding: what the health check printed last, or the last lines of the log. */
export function LastWords({ item, lineCount = 5 }: { item: Attention; lineCount?: number }) {
  const { id } = item.container
  if (item.look === 'health') return <LastProbe id={id} lineCount={lineCount} />
  return item.look === 'logs' ? <LastLines id={id} lineCount={lineCount} /> : null
}

interface LastProps {
  id: string
  lineCount: number
}

function LastProbe({ id, lineCount }: LastProps) {
  const { data } = useQuery({
    queryKey: queryKeys.container(id),
    queryFn: ({ signal }) => getJson<ContainerDetail>(paths.container(id), { signal }),
  })
  const probe = data?.healthProbes.findLast(({ exitCode }) => exitCode !== 0)
  if (!probe) return null
  const output = showLine(probe.output.trim().split('\n').slice(-lineCount).join('\n'))
  return (
    <Evidence label={`${data?.healthCheck?.command.join(' ') ?? 'The check'} ended with ${probe.exitCode}`}>
      {output === '' ? '(it printed nothing)' : output}
    </Evidence>
  )
}

function LastLines({ id, lineCount }: LastProps) {
  const { data = [] } = useQuery({
    queryKey: [...queryKeys.container(id), 'last-lines', lineCount],
    queryFn: ({ signal }) => readLastLines(id, lineCount, signal),
  })
  if (data.length === 0) return null
  return (
    <Evidence label={data.length === 1 ? 'Its last line' : `Its last ${data.length} lines`}>
      {data.join('\n')}
    </Evidence>
  )
}

/** The end of a container's log as plain text. Source: `GET /api/containers/{id}/logs?before=`, wire messages one a line. */
async function readLastLines(id: string, lineCount: number, signal: AbortSignal): Promise<string[]> {
  // A moment that has not come yet stands behind the newest line, whatever the clocks say.
  const before = `${Math.floor(Date.now() / 1000) + 3600}.000000000.0.0`
  const query = new URLSearchParams({ before, limit: String(lineCount) })
  const response = await openStream(`${paths.containerLogs(id)}?${query.toString()}`, { signal })
  const lines = (await response.text())
    .split('\n')
    .filter(Boolean)
    .flatMap((json) => textLines(JSON.parse(json)))
  return lines.slice(-lineCount).map(showLine)
}

function textLines(message: unknown): string[] {
  if (typeof message !== 'object' || message === null || !('text' in message)) return []
  return typeof message.text === 'string' ? message.text.split('\n') : []
}

const showLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => showHidden(stripAnsi(line)))
    .join('\n')

'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getJson, openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { queryKeys } from '#lib/api/query-keys'
import type { Attention } from '#lib/docker/projects/attention'
import type { Container } from '#lib/docker/containers/container'
import type { ContainerDetail } from '#lib/docker/containers/container-detail'
import { stripAnsi } from '#lib/logs/ansi'
import { detectLevel, levels } from '#lib/logs/level'
import { lineFlags } from '#lib/logs/line-assembler'
import { toMs } from '#lib/logs/nano-time'
import { showHidden } from '#lib/logs/visible-text'
import { eachLine, type LogMessage } from '#lib/logs/wire'
import { Evidence } from './attention-list.tsx'

/** The evidence under a finding: what the health check printed last, or the last lines of the log. */
export function LastWords({ item, lineCount = 5 }: { item: Attention; lineCount?: number }) {
  const { container, look } = item
  if (look === 'health') return <LastProbe container={container} lineCount={lineCount} />
  return look === 'logs' ? <LastLines container={container} lineCount={lineCount} /> : null
}

interface LastProps {
  container: Container
  lineCount: number
}

function LastProbe({ container: { id }, lineCount }: LastProps) {
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

function LastLines({ container, lineCount }: LastProps) {
  const { id, state, startedAtMs } = container
  const { data = [] } = useQuery({
    queryKey: [...queryKeys.container(id), 'last-lines', startedAtMs, lineCount],
    queryFn: ({ signal }) => readLastLines(id, startedAtMs ?? 0, lineCount, signal),
    // While it tries again, the words of the run that failed stay.
    enabled: state !== 'running',
    placeholderData: keepPreviousData,
  })
  if (data.length === 0) return null
  return <Evidence label={labelOf(data)}>{data.map(({ text }) => showLine(text)).join('\n')}</Evidence>
}

/** What a container wrote last in the run that began at `sinceMs`, as plain text. Source: `GET /api/containers/{id}/logs?before=`, wire messages one a line. */
async function readLastLines(
  id: string,
  sinceMs: number,
  lineCount: number,
  signal: AbortSignal,
): Promise<LastLine[]> {
  // A moment that has not come yet stands behind the newest line, whatever the clocks say.
  const before = `${Math.floor(Date.now() / 1000) + 3600}.000000000.0.0`
  const query = new URLSearchParams({ before, limit: String(lineCount + 5) })
  const response = await openStream(`${paths.containerLogs(id)}?${query.toString()}`, { signal })
  const lines = (await response.text())
    .split('\n')
    .filter(Boolean)
    .flatMap((json) => linesSince(JSON.parse(json), sinceMs))
  if (lineCount > 1) return lines.slice(-lineCount)
  // Where there is room for one: an error says more than the goodbye after it. Which stream wrote last is chance, the Engine reads them side by side.
  const complaint = lines.findLast(isError) ?? lines.findLast(({ isStderr }) => isStderr) ?? lines.at(-1)
  return complaint ? [complaint] : []
}

const isError = ({ text }: LastLine): boolean => detectLevel(text) >= levels.indexOf('error')

function labelOf(lines: readonly LastLine[]): string {
  if (lines.length > 1) return `Its last ${lines.length} lines`
  return lines.some(isError) ? 'Its last error' : 'Its last line'
}

interface LastLine {
  text: string
  isStderr: boolean
}

function linesSince(message: LogMessage | { type: 'end' }, sinceMs: number): LastLine[] {
  const lines: LastLine[] = []
  if (message.type !== 'lines') return lines
  eachLine(message, ({ time, text, flags }) => {
    if (toMs(time) >= sinceMs) lines.push({ text, isStderr: (flags & lineFlags.stderr) !== 0 })
  })
  return lines
}

const showLine = (text: string): string =>
  text
    .split('\n')
    .map((line) => showHidden(stripAnsi(line)))
    .join('\n')

import { spawn } from 'node:child_process'
import { eachLine } from '#lib/logs/wire'
import { everyLine, type LogQuery } from '#lib/logs/search/query'
import type { SearchEnd, SearchMessage, SearchProgress } from '#lib/logs/search/wire'
import { modelContainer } from '#server/engine/model/live-model'
import type { TargetSource } from '#server/logs/target'
import { searchLogs } from '#server/logs/search/search-logs'

export interface Found {
  messages: SearchMessage[]
  /** Texts of the hits listed, by the container's place among the ids. */
  texts: string[][]
  progress: SearchProgress | null
  end: SearchEnd | null
  countOf: (index: number) => number
}

/** Runs one search to its end. */
export async function search(
  ids: readonly string[],
  query: Partial<LogQuery>,
  options: { limit?: number; signal?: AbortSignal } = {},
): Promise<Found> {
  const found: Found = {
    messages: [],
    texts: ids.map(() => []),
    progress: null,
    end: null,
    countOf: (index) => found.progress?.sources[index]?.hitCount ?? -1,
  }
  const sources = ids.map((containerId): TargetSource => {
    const container = modelContainer(containerId)
    return { containerId, name: container?.name ?? containerId, service: '', number: 0, container }
  })
  const messages = searchLogs({
    sources,
    query: { ...everyLine, ...query },
    limit: options.limit ?? 10_000,
    signal: options.signal ?? new AbortController().signal,
  })
  for await (const message of messages) {
    found.messages.push(message)
    if (message.type === 'lines') eachLine(message, ({ source, text }) => found.texts[source]?.push(text))
    if (message.type === 'progress') found.progress = message
    if (message.type === 'end') found.end = message
  }
  return found
}

/** What `docker logs ID 2>&1 | grep -c ...` says. */
export function grepCount(id: string, ...args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', 'docker logs "$0" 2>&1 | grep -c "$@"', id, ...args])
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += String(chunk)
    })
    child.on('error', reject)
    child.on('close', () => resolve(Number(out.trim())))
  })
}

import 'server-only'
import type { HistoryContainer } from '#lib/api/history'
import type { LineCursor } from '#lib/logs/cursor'
import { type LogMessage, toLogLines } from '#lib/logs/wire'
import { history } from '#server/history/history'

/** Older containers of a timeline that are asked for a line before it is given up. */
const maxGenerations = 50

export interface KeptPage {
  /** Lines given. */
  lineCount: number
  /** Nothing of this container stands in front of them in the archive. */
  isFromStart: boolean
}

/** Which of the containers, from the young to the old, has the line of a cursor in the archive; null when none has. */
export async function generationOf(
  generations: readonly HistoryContainer[],
  cursor: LineCursor,
  signal: AbortSignal,
): Promise<HistoryContainer | null> {
  for (const container of generations.slice(0, maxGenerations)) {
    const { containerId } = container
    const items = history().read(
      { targets: [{ containerId }], direction: 'page', limit: 0, cursors: { [containerId]: cursor } },
      signal,
    )
    for await (const item of items)
      if (item.kind === 'sources' && item.found.includes(containerId)) return container
      else if (item.kind === 'sources') break
  }
  return null
}

/** Up to `limit` lines of a container from the archive, in front of a cursor or at its end, with what happened among them. */
export async function* keptPage(
  containerId: string,
  cursor: LineCursor | null,
  limit: number,
  signal: AbortSignal,
): AsyncGenerator<LogMessage, KeptPage> {
  let lineCount = 0
  let isFromStart = true
  const cursors = cursor ? { [containerId]: cursor } : {}
  const items = history().read({ targets: [{ containerId }], direction: 'page', limit, cursors }, signal)
  for await (const item of items) {
    if (item.kind === 'end') isFromStart = item.isComplete
    else if (item.kind === 'lines') {
      lineCount += item.lines.count
      yield* toLogLines(item.lines)
    } else if (item.kind === 'message' && item.message.type !== 'state')
      yield { ...item.message, source: 0 } as LogMessage
  }
  return { lineCount, isFromStart }
}

import { openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { formatCursor, type LineCursor } from '#lib/logs/cursor'
import type { LogGap, LogLines, LogMarker } from '#lib/logs/wire'
import { readJsonLines } from './json-lines.ts'

export interface OlderLines {
  messages: LogLines[]
  /** What happened among them; in the archive's order. */
  notes: (LogGap | LogMarker)[]
  /** Nothing is in front of them. */
  isFromStart: boolean
}

/** The lines of one container in front of `before`, at most `limit`; `held` is how many behind it are here already. */
export async function readOlderLines(
  containerId: string,
  { before, limit, held }: { before: LineCursor; limit: number; held: number },
): Promise<OlderLines> {
  const query = new URLSearchParams({
    before: formatCursor(before),
    limit: String(limit),
    held: String(held),
  })
  const response = await openStream(`${paths.containerLogs(containerId)}?${query.toString()}`)
  const older: OlderLines = { messages: [], notes: [], isFromStart: false }
  // See server/logs/older.ts.
  for await (const line of readJsonLines<LogLines | { type: 'end'; isFromStart: boolean }>(response)) {
    if (line.type === 'lines') older.messages.push(line)
    else if (line.type === 'end') older.isFromStart = line.isFromStart
    else older.notes.push(line)
  }
  return older
}

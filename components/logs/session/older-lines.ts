import { openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { formatCursor, type LineCursor } from '#lib/logs/cursor'
import type { LogLines } from '#lib/logs/wire'

export interface OlderLines {
  messages: LogLines[]
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
  const older: OlderLines = { messages: [], isFromStart: false }
  for await (const line of jsonLines(response)) {
    if (line.type === 'lines') older.messages.push(line)
    else older.isFromStart = line.isFromStart
  }
  return older
}

/** Lines of the answer to `?before=`: see server/logs/older.ts. */
async function* jsonLines(
  response: Response,
): AsyncGenerator<LogLines | { type: 'end'; isFromStart: boolean }> {
  if (!response.body) return
  let rest = ''
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    const lines = (rest + chunk.value).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield JSON.parse(line) as LogLines | { type: 'end'; isFromStart: boolean }
  }
}

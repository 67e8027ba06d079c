import 'server-only'
import { LogDecoder } from '#lib/logs/decode-log'
import { LineBatch } from '#lib/logs/line-batch'
import type { OpenLogs } from '../log-engine.ts'
import type { EngineAddress } from '#server/engine/client/open'
import { batchBytes, batchRoomBytes, requestLogs } from '../request-logs.ts'

/**
 * Reads a log as fast as `take` looks at its batches; `take` says whether to go on. Resolves when the log is through or
 * was left. Rejects when the Engine broke off, which is never taken for the end.
 */
export async function readLines(
  address: EngineAddress,
  source: { containerId: string; hasTty: boolean; isAlive: boolean },
  options: Omit<OpenLogs, 'isFollowing'>,
  take: (batch: LineBatch) => boolean,
): Promise<void> {
  const answer = await requestLogs(
    address,
    source.containerId,
    { ...options, isFollowing: false },
    new AbortController().signal,
  )
  let batch = new LineBatch(batchRoomBytes)
  const decoder = new LogDecoder(
    { line: (line, bytes, start, end) => batch.line(line, bytes, start, end) },
    { hasTty: source.hasTty },
  )
  let isLeft = false
  await answer.each((chunk) => {
    decoder.push(chunk)
    if (batch.length < batchBytes) return true
    const full = batch
    batch = new LineBatch(batchRoomBytes)
    isLeft = !take(full)
    return !isLeft
  })
  if (decoder.engineError) throw new Error(`The Engine stopped reading: ${decoder.engineError}`)
  if (isLeft) return
  // A line that is being written is not one yet.
  if (!source.isAlive) decoder.end()
  take(batch)
}

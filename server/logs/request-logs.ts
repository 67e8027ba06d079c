import 'server-only'
import { toEngineTime } from '#lib/logs/nano-time'
import { toEngineError } from '#server/engine/client/errors'
import { type EngineAddress, readMessage } from '#server/engine/client/open'
import type { EngineStream } from '#server/engine/client/stream-body'
import { streamGet } from '#server/engine/client/stream-get'
import { type OpenLogs, UnreadableLogs } from './log-engine.ts'

/** A batch that is read is handed on when it holds this much text. */
export const batchBytes = 64 * 1024
/** One piece of the Engine's more fits without growing. */
export const batchRoomBytes = 2 * batchBytes

/**
 * `GET /containers/{id}/logs?stdout=1&stderr=1&timestamps=1`, the answer as it comes. Rejects with `container_not_found`,
 * with `UnreadableLogs` (driver empty) where the logging driver cannot be read, and with the Engine's problems. Not
 * dockerode: it buffers the whole answer of a log that is not followed (1.1 GB for a million lines).
 */
export async function requestLogs(
  address: EngineAddress,
  containerId: string,
  options: OpenLogs,
  signal: AbortSignal,
): Promise<EngineStream> {
  const query = new URLSearchParams({ stdout: '1', stderr: '1', timestamps: '1' })
  if (options.isFollowing) query.set('follow', '1')
  query.set('tail', String(options.tail))
  if (options.sinceSeconds !== undefined) query.set('since', String(options.sinceSeconds))
  if (options.until !== undefined) query.set('until', toEngineTime(options.until))
  const path = `/containers/${encodeURIComponent(containerId)}/logs?${query.toString()}`
  const answer = await streamGet(address, path, signal).catch((error: unknown) => {
    throw toEngineError(error)
  })
  if (answer.statusCode === 200) return answer.body
  const message = await readMessage(answer.body)
  if (answer.statusCode === 501 || message.includes('does not support reading')) throw new UnreadableLogs('')
  throw toEngineError(
    Object.assign(new Error(message), { statusCode: answer.statusCode, json: { message } }),
    'container',
  )
}

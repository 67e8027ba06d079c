import 'server-only'
import { type IncomingMessage, request } from 'node:http'
import { toEngineTime } from '#lib/logs/nano-time'
import type { engineAddress } from '#server/engine/client'
import { toEngineError } from '#server/engine/errors'
import { type OpenLogs, UnreadableLogs } from './log-engine.ts'

export type EngineAddress = ReturnType<typeof engineAddress>

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
): Promise<IncomingMessage> {
  const query = new URLSearchParams({ stdout: '1', stderr: '1', timestamps: '1' })
  if (options.isFollowing) query.set('follow', '1')
  query.set('tail', String(options.tail))
  if (options.sinceSeconds !== undefined) query.set('since', String(options.sinceSeconds))
  if (options.until !== undefined) query.set('until', toEngineTime(options.until))
  const path = `/containers/${encodeURIComponent(containerId)}/logs?${query.toString()}`
  const answer = await get(address, path, signal).catch((error: unknown) => {
    throw toEngineError(error)
  })
  if (answer.statusCode === 200) return answer
  const message = await readMessage(answer)
  if (answer.statusCode === 501 || message.includes('does not support reading')) throw new UnreadableLogs('')
  throw toEngineError(
    Object.assign(new Error(message), { statusCode: answer.statusCode, json: { message } }),
    'container',
  )
}

function get(address: EngineAddress, path: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { socketPath, host, port } = address
    const call = request({ socketPath, host, port, path, signal, agent: false }, resolve)
    call.on('error', reject)
    call.end()
  })
}

async function readMessage(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of answer) text = (text + String(chunk)).slice(0, 4096)
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message)
  } catch {
    // Not JSON: a proxy's own words.
  }
  return text.trim()
}

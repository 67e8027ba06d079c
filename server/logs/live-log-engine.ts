import 'server-only'
import { type IncomingMessage, request } from 'node:http'
import type { Readable } from 'node:stream'
import { callEngine, engineAddress } from '#server/engine/client'
import { toEngineError } from '#server/engine/errors'
import { modelContainer, snapshot, watchState } from '#server/engine/live-model'
import { processWide } from '#server/process-wide'
import { type LogEngine, type OpenLogs, UnreadableLogs } from './log-engine.ts'

/** The Engine of this process, read through dockerode's stream client and the live model. */
export function liveLogEngine(): LogEngine {
  return processWide('logs.engine', () => {
    const listeners = new Set<() => void>()
    return {
      open: openLogs,
      container: modelContainer,
      containers: () => snapshot().containers,
      isConnected: () => snapshot().engine.state === 'connected',
      watch: (listener) => {
        listeners.add(listener)
        if (listeners.size === 1) void tellListeners(listeners)
        return () => listeners.delete(listener)
      },
    }
  })
}

/** One watch of the model for all log streams, while there are any. */
async function tellListeners(listeners: Set<() => void>): Promise<void> {
  const leaving = new AbortController()
  for await (const _ of watchState({ signal: leaving.signal })) {
    if (listeners.size === 0) break
    for (const listener of listeners) listener()
  }
  leaving.abort()
}

/** Not dockerode: it buffers the whole answer of a log that is not followed (1.1 GB for a million lines). */
async function openLogs(containerId: string, options: OpenLogs, signal: AbortSignal): Promise<Readable> {
  const query = new URLSearchParams({ stdout: '1', stderr: '1', timestamps: '1' })
  if (options.isFollowing) query.set('follow', '1')
  query.set('tail', String(options.tail))
  if (options.sinceSeconds !== undefined) query.set('since', String(options.sinceSeconds))
  const path = `/containers/${encodeURIComponent(containerId)}/logs?${query.toString()}`
  const answer = await get(path, signal).catch((error: unknown) => {
    throw toEngineError(error)
  })
  if (answer.statusCode === 200) return answer
  const message = await readMessage(answer)
  if (answer.statusCode === 501 || message.includes('does not support reading'))
    throw new UnreadableLogs(await readDriver(containerId))
  throw toEngineError(
    Object.assign(new Error(message), { statusCode: answer.statusCode, json: { message } }),
    'container',
  )
}

function get(path: string, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { socketPath, host, port } = engineAddress()
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

async function readDriver(containerId: string): Promise<string> {
  const detail = await callEngine((docker) => docker.getContainer(containerId).inspect(), {
    noun: 'container',
  }).catch(() => null)
  return detail?.HostConfig.LogConfig?.Type ?? 'unknown'
}

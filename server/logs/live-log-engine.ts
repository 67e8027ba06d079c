import 'server-only'
import { callEngine, engineAddress } from '#server/engine/client/client'
import type { EngineStream } from '#server/engine/client/stream-body'
import { modelContainer, snapshot, watchState } from '#server/engine/model/live-model'
import { processWide } from '#server/process-wide'
import { type LogEngine, type OpenLogs, unreadableDriver, UnreadableLogs } from './log-engine.ts'
import { requestLogs } from './request-logs.ts'

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

async function openLogs(containerId: string, options: OpenLogs, signal: AbortSignal): Promise<EngineStream> {
  try {
    return await requestLogs(engineAddress(), containerId, options, signal)
  } catch (error) {
    if (unreadableDriver(error) === null) throw error
    throw new UnreadableLogs(await readDriver(containerId))
  }
}

async function readDriver(containerId: string): Promise<string> {
  const detail = await callEngine((docker) => docker.getContainer(containerId).inspect(), {
    noun: 'container',
  }).catch(() => null)
  return detail?.HostConfig.LogConfig?.Type ?? 'unknown'
}

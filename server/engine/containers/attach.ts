import 'server-only'
import type { Duplex } from 'node:stream'
import { callEngine, streamClient } from '../client/client.ts'
import { engineStatusCode, toEngineError } from '../client/errors.ts'

/**
 * `POST /containers/{id}/attach`: the raw socket to the terminal of a container's main process. With `withLog` what it has written so far comes
 * first. Closing the socket leaves the process as it is; Ctrl+P Ctrl+Q typed into it closes the socket.
 */
export async function attachToContainer(id: string, options: { withLog: boolean }): Promise<Duplex> {
  try {
    const stream = await streamClient().getContainer(id).attach({
      stream: true,
      stdin: true,
      stdout: true,
      stderr: true,
      hijack: true,
      logs: options.withLog,
    })
    return stream as Duplex
  } catch (error) {
    throw toEngineError(error, 'container')
  }
}

/** `POST /containers/{id}/resize`. One that has just ended is not an error. */
export async function resizeContainer(id: string, cols: number, rows: number): Promise<void> {
  try {
    await callEngine((docker) => docker.getContainer(id).resize({ w: cols, h: rows }), { noun: 'container' })
  } catch (error) {
    const status = engineStatusCode(error instanceof Error ? error.cause : error)
    if (status === null) throw error
  }
}

/**
 * `POST /containers/{id}/wait`: the exit code of a container that runs, also of one that is removed as it ends; null when the Engine goes away or
 * `signal` aborts. Never throws.
 */
export async function waitForExit(id: string, signal: AbortSignal): Promise<number | null> {
  try {
    const answer = (await streamClient()
      .getContainer(id)
      .wait({ condition: 'not-running', abortSignal: signal })) as { StatusCode?: number }
    return answer.StatusCode ?? null
  } catch {
    return null
  }
}

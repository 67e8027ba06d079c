import 'server-only'
import type { EngineAddress } from './open.ts'
import { type EngineStream, StreamBody } from './stream-body.ts'

export interface StreamAnswer {
  statusCode: number
  body: EngineStream
}

/**
 * A GET to the Engine whose answer is long and comes in small pieces: a log is one HTTP chunk a line, and node:http makes
 * an object and an event of each, for more than half as much CPU again. Rejects with the socket's own error.
 */
export function streamGet(address: EngineAddress, path: string, signal: AbortSignal): Promise<StreamAnswer> {
  return new Promise((resolve, reject) => {
    const body = new StreamBody(signal, {
      head: (statusCode) => resolve({ statusCode, body }),
      failed: reject,
    })
    body.open(address, path)
  })
}

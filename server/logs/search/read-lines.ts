import 'server-only'
import type { Readable } from 'node:stream'
import { LogDecoder } from '#lib/logs/decode-log'
import { LineBatch } from '#lib/logs/line-batch'
import type { OpenLogs } from '../log-engine.ts'
import type { EngineAddress } from '#server/engine/client/open'
import { requestLogs } from '../request-logs.ts'

const batchBytes = 64 * 1024

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
  let batch = new LineBatch(batchBytes)
  const decoder = new LogDecoder({ line: (...line) => batch.line(...line) }, { hasTty: source.hasTty })
  let isLeft = false
  await eachChunk(answer, (chunk) => {
    decoder.push(chunk)
    if (batch.length < batchBytes) return true
    const full = batch
    batch = new LineBatch(batchBytes)
    isLeft = !take(full)
    return !isLeft
  })
  if (decoder.engineError) throw new Error(`The Engine stopped reading: ${decoder.engineError}`)
  if (isLeft) return
  // A line that is being written is not one yet.
  if (!source.isAlive) decoder.end()
  take(batch)
}

/** Not an async iteration: the Engine sends a chunk a line, and a promise each costs more than the line. */
function eachChunk(answer: Readable, take: (chunk: Uint8Array) => boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    answer.on('data', (chunk: Uint8Array) => {
      try {
        if (take(chunk)) return
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
      resolve()
      answer.removeAllListeners('data')
      answer.destroy()
    })
    answer.on('end', resolve)
    answer.on('error', () => reject(new Error('The Engine broke off the log.')))
    answer.on('close', () => reject(new Error('The Engine broke off the log.')))
  })
}

import 'server-only'
import type { Server } from 'node:http'
import { closeOpenStreams } from '#server/auth/open-streams'
import { log } from '#server/log'
import { runShutdownHooks } from '#server/shutdown'

const hooksMs = 3000
const drainMs = 1000

/** Ends the process's work within 4 s: no new requests, streams say good-bye, hooks run, what is left is cut. */
export async function shutDown(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  closeOpenStreams('shutdown')
  const unfinished = await runShutdownHooks(hooksMs)
  if (unfinished.length > 0) log.warn('the process ends before these were done', { unfinished })
  const drained = await Promise.race([closed.then(() => true), delay(drainMs)])
  if (drained !== true) server.closeAllConnections()
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

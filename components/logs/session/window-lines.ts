import { openStream } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import { type NanoTime, toEngineTime } from '#lib/logs/nano-time'
import type { WindowMessage } from '#lib/logs/window'
import { readJsonLines } from './json-lines.ts'
import type { LogTarget } from './log-session.ts'

export interface WindowRequest {
  at: NanoTime
  before: number
  after: number
}

/** The lines around a time, of everything the page is about. */
export async function readWindow(
  target: LogTarget,
  { at, before, after }: WindowRequest,
  signal: AbortSignal,
): Promise<WindowMessage[]> {
  const query = new URLSearchParams({
    ...targetParams(target),
    at: toEngineTime(at),
    before: String(before),
    after: String(after),
  })
  const response = await openStream(`${paths.logWindow}?${query.toString()}`, { signal })
  const messages: WindowMessage[] = []
  for await (const message of readJsonLines<WindowMessage>(response)) messages.push(message)
  return messages
}

/** How the routes under /api/logs name what a page is about. */
export function targetParams(target: LogTarget): Record<string, string> {
  return target.kind === 'project' ? { project: target.name } : { containers: target.id }
}

import { at, eachLine, type LogLines } from '../wire.ts'
import type { MatchableLines } from './matcher.ts'

/** The lines of a wire message in columns, to be looked through. */
export function matchableLines(message: LogLines): MatchableLines {
  const count = message.deltas.length + 1
  const seconds = new Float64Array(count)
  const nanos = new Uint32Array(count)
  const flags = new Uint8Array(count)
  eachLine(message, ({ time, index }) => {
    seconds[index] = time.seconds
    nanos[index] = time.nanos
    flags[index] = at(message.flags, index)
  })
  return { count, seconds, nanos, flags, text: () => message.text }
}

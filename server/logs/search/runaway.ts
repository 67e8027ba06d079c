import 'server-only'
import { availableParallelism, loadavg } from 'node:os'

/** One batch (64 KiB) may take this long on a machine that is not busy; a pattern that needs more would need hours for a log. */
const runawayMs = 1_500
const maxRunawayMs = 15_000

export const runawayWords =
  'This pattern takes too long: nested repetitions such as (a+)+ try every way. Make it simpler.'

/** How long a thread may look at one batch. Where many wait for the processors, one that gets none is not lost in a pattern. */
export function patienceMs(): number {
  const share = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())
  return Math.min(maxRunawayMs, runawayMs * share)
}

/**
 * Exponential backoff with full jitter: a random wait between 0 and the doubled ceiling of this attempt (from 1), so
 * that many instances do not come back in step. https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function fullJitterMs(attempt: number, baseMs: number, maxMs: number): number {
  return Math.round(Math.random() * Math.min(maxMs, baseMs * 2 ** (attempt - 1)))
}

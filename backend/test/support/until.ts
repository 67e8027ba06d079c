import { setTimeout as sleep } from 'node:timers/promises'

/** Waits for a condition: the first value that is not undefined or false. Fails when it has not come true in a minute. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    const value = await probe()
    if (value !== undefined && value !== false) return value
    await sleep(20)
  }
  throw new Error(`gave up waiting until ${what}`)
}

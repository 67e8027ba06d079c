/**
 * Times of log lines: epoch seconds and the nanoseconds within that second, two numbers. One double cannot hold
 * today's nanoseconds (2^53 ns are 104 days) and a bigint a line costs too much at a million lines.
 */
export interface NanoTime {
  seconds: number
  /** 0..999_999_999 */
  nanos: number
}

/** Negative when `a` is earlier, 0 when equal. */
export function compareTimes(a: NanoTime, b: NanoTime): number {
  return a.seconds - b.seconds || a.nanos - b.nanos
}

/** `b - a` in nanoseconds; exact while the two are within 104 days, see `isExactDelta`. */
export function nanosBetween(a: NanoTime, b: NanoTime): number {
  return (b.seconds - a.seconds) * 1_000_000_000 + (b.nanos - a.nanos)
}

export function isExactDelta(deltaNanos: number): boolean {
  return Number.isSafeInteger(deltaNanos)
}

/** `time + deltaNanos`, exact for every safe integer. */
export function addNanos(time: NanoTime, deltaNanos: number): NanoTime {
  const whole = Math.floor(deltaNanos / 1_000_000_000)
  const nanos = time.nanos + (deltaNanos - whole * 1_000_000_000)
  return nanos >= 1_000_000_000
    ? { seconds: time.seconds + whole + 1, nanos: nanos - 1_000_000_000 }
    : { seconds: time.seconds + whole, nanos }
}

export function fromMs(epochMs: number): NanoTime {
  const seconds = Math.floor(epochMs / 1000)
  return { seconds, nanos: Math.round((epochMs - seconds * 1000) * 1_000_000) }
}

export function toMs(time: NanoTime): number {
  return time.seconds * 1000 + Math.floor(time.nanos / 1_000_000)
}

/** `1763942400.000000042`: what the Engine's `since` and `until` take. */
export function toEngineTime(time: NanoTime): string {
  return `${time.seconds}.${String(time.nanos).padStart(9, '0')}`
}

/** `2026-11-24T00:11:17.000000042Z`, all nine digits, as the Engine prints it. */
export function toIsoNanos(time: NanoTime): string {
  return `${new Date(time.seconds * 1000).toISOString().slice(0, 19)}.${String(time.nanos).padStart(9, '0')}Z`
}

const zero = 48
const prefixLength = 19

/** Reads `2026-11-24T00:11:17.123456789Z ` in front of a line. One per stream of bytes: it remembers the last second. */
export class TimestampReader {
  seconds = 0
  nanos = 0
  #prefix = new Uint8Array(prefixLength)
  #prefixSeconds = 0
  #hasPrefix = false

  /** Bytes taken including the blank behind it, with `seconds` and `nanos` set; 0 when there is no timestamp. */
  read(bytes: Uint8Array, start: number, end: number): number {
    if (end - start < prefixLength + 2 || bytes[start + 10] !== 84 || bytes[start + 4] !== 45) return 0
    if (!this.#isSameSecond(bytes, start) && !this.#readSecond(bytes, start)) return 0
    let at = start + prefixLength
    let nanos = 0
    if (bytes[at] === 46) {
      at += 1
      let digits = 0
      for (; at < end; at += 1, digits += 1) {
        const digit = (bytes[at] ?? 0) - zero
        if (digit < 0 || digit > 9) break
        if (digits < 9) nanos = nanos * 10 + digit
      }
      for (; digits < 9; digits += 1) nanos *= 10
    }
    const offset = readOffset(bytes, at, end)
    if (offset === null) return 0
    at += offset.length
    // A line without text ends right behind its timestamp.
    if (at < end && bytes[at] === 32) at += 1
    else if (at < end && bytes[at] !== 10) return 0
    this.seconds = Math.max(0, this.#prefixSeconds - offset.seconds)
    this.nanos = nanos
    return at - start
  }

  #isSameSecond(bytes: Uint8Array, start: number): boolean {
    if (!this.#hasPrefix) return false
    // From the end: the seconds differ first.
    for (let i = prefixLength - 1; i >= 0; i -= 1) if (bytes[start + i] !== this.#prefix[i]) return false
    return true
  }

  #readSecond(bytes: Uint8Array, start: number): boolean {
    const number = (from: number, length: number): number => {
      let value = 0
      for (let i = start + from; i < start + from + length; i += 1) {
        const digit = (bytes[i] ?? 0) - zero
        if (digit < 0 || digit > 9) return Number.NaN
        value = value * 10 + digit
      }
      return value
    }
    const hour = number(11, 2)
    const minute = number(14, 2)
    const second = number(17, 2)
    const ms = Date.UTC(number(0, 4), number(5, 2) - 1, number(8, 2), hour, minute, second)
    if (Number.isNaN(ms) || hour > 23 || minute > 59 || second > 60) return false
    this.#prefixSeconds = ms / 1000
    this.#prefix.set(bytes.subarray(start, start + prefixLength))
    this.#hasPrefix = true
    return true
  }
}

function readOffset(bytes: Uint8Array, at: number, end: number): { length: number; seconds: number } | null {
  const sign = bytes[at]
  if (sign === 90) return { length: 1, seconds: 0 }
  if ((sign !== 43 && sign !== 45) || end - at < 6) return null
  const digits = [at + 1, at + 2, at + 4, at + 5].map((i) => (bytes[i] ?? 0) - zero)
  if (digits.some((digit) => digit < 0 || digit > 9)) return null
  const [h1 = 0, h2 = 0, m1 = 0, m2 = 0] = digits
  const seconds = (h1 * 10 + h2) * 3600 + (m1 * 10 + m2) * 60
  return { length: 6, seconds: sign === 43 ? seconds : -seconds }
}

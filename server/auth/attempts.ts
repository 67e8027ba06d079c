import 'server-only'
import { CodedError } from '#lib/api/errors'
import { processWide } from '#server/process-wide'

interface Failures {
  count: number
  blockedUntil: number
  lastAt: number
}

const freeAttempts = 10
const firstBlockMs = 30_000
const longestBlockMs = 15 * 60_000
const forgetMs = 15 * 60_000
const maxRemembered = 10_000

const state = processWide('sign-in-attempts', () => ({
  failures: new Map<string, Failures>(),
  /** Address and account that signed in together before: a stranger's attempts on the account do not slow them. */
  familiar: new Set<string>(),
}))

/** Addresses of one IPv6 network count as one. */
function byAddress(ip: string): string {
  return `ip ${ip.includes(':') ? ip.split(':').slice(0, 4).join(':') : ip}`
}

function byAccount(account: string): string {
  return `account ${account.toLowerCase().slice(0, 100)}`
}

/** Throws `too_many_attempts` when this address, or this account from a new address, has failed too often. `now` in ms of a clock that nobody sets. */
export function requireAttemptAllowed(ip: string, account: string, now = performance.now()): void {
  const isFamiliar = state.familiar.has(familiarKey(ip, account))
  const blockedUntil = Math.max(
    state.failures.get(byAddress(ip))?.blockedUntil ?? 0,
    isFamiliar ? 0 : (state.failures.get(byAccount(account))?.blockedUntil ?? 0),
  )
  if (blockedUntil <= now) return
  const seconds = Math.ceil((blockedUntil - now) / 1000)
  throw Object.assign(
    new CodedError('too_many_attempts', `Too many attempts. Try again in ${inWords(seconds)}.`),
    { retryAfterSeconds: seconds },
  )
}

/** Counts a failure for the address and for the account; from the tenth on each doubles the wait. */
export function noteFailure(ip: string, account: string, now = performance.now()): void {
  count(byAddress(ip), freeAttempts, now)
  // An account may be tried from many addresses at once, by its owner too: more patience.
  count(byAccount(account), freeAttempts * 2, now)
}

/** A right password: the address starts afresh, and is familiar for this account. */
export function noteSuccess(ip: string, account: string): void {
  state.failures.delete(byAddress(ip))
  state.familiar.add(familiarKey(ip, account))
  trim(state.familiar)
}

function familiarKey(ip: string, account: string): string {
  return `${byAddress(ip)} ${byAccount(account)}`
}

function count(key: string, free: number, now: number): void {
  const before = state.failures.get(key)
  const failures =
    before && now - before.lastAt < forgetMs ? before : { count: 0, blockedUntil: 0, lastAt: now }
  failures.count += 1
  failures.lastAt = now
  const over = failures.count - free
  if (over >= 0) failures.blockedUntil = now + Math.min(firstBlockMs * 2 ** over, longestBlockMs)
  state.failures.delete(key)
  state.failures.set(key, failures)
  trim(state.failures)
}

function trim(remembered: {
  size: number
  keys: () => Iterator<string>
  delete: (key: string) => boolean
}): void {
  if (remembered.size <= maxRemembered) return
  const oldest = remembered.keys().next()
  if (!oldest.done) remembered.delete(oldest.value)
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
}

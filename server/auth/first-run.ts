import 'server-only'
import { randomBytes } from 'node:crypto'
import { currentEnv } from '#server/env'
import { log } from '#server/log'
import { processWide } from '#server/process-wide'
import { isSame } from './tokens.ts'
import { createFirstUser, maxPasswordLength, minPasswordLength, needsSetup } from './users.ts'

// Crockford's alphabet: no I, L, O, U; what people misread is read as what was meant.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 28
const lifetimeMs = 15 * 60_000

const state = processWide('first-run', () => ({ code: '', expiresAt: 0 }))

export const firstUserName = 'admin'

/** At start: makes the first user when a password is configured, else prints a code while there is no user. */
export async function prepareFirstRun(): Promise<void> {
  if (!needsSetup()) return
  const { initialPassword } = currentEnv()
  if (initialPassword === '') {
    ensureFirstRunCode()
    return
  }
  if (initialPassword.length < minPasswordLength || initialPassword.length > maxPasswordLength)
    throw new Error(`COMPOSURE_PASSWORD must have ${minPasswordLength} to ${maxPasswordLength} characters.`)
  await createFirstUser(firstUserName, initialPassword)
  log.info(`the first user, ${firstUserName}, has the password that was configured`)
}

/** Prints a fresh code when there is none that still counts. Called when somebody opens the first-run page. */
export function ensureFirstRunCode(now = Date.now()): void {
  if (state.code !== '' && now < state.expiresAt) return
  state.code = newCode()
  state.expiresAt = now + lifetimeMs
  const { publicUrl, allowedHosts, port } = currentEnv()
  const address = publicUrl || `http://${allowedHosts[0] ?? `localhost:${port}`}`
  log.notice(`first-run code: ${state.code}  Open ${address} and enter it. It works once, for 15 minutes.`)
}

/** True for the code that was printed last, while it lasts; spelling is forgiven. */
export function isFirstRunCode(text: string, now = Date.now()): boolean {
  const isRight = isSame(normalise(text), normalise(state.code))
  return isRight && state.code !== '' && now < state.expiresAt
}

/** The code worked: it never does again. */
export function spendFirstRunCode(): void {
  state.code = ''
}

function normalise(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}

/** 28 characters of 5 bits, in groups of four. */
function newCode(): string {
  const letters = [...randomBytes(codeLength)].map((byte) => alphabet[byte % 32] ?? '0')
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

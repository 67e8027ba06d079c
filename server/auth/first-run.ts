import 'server-only'
import { currentEnv } from '#server/env'
import { log } from '#server/log'
import { processWide } from '#server/process-wide'
import { newCode, normaliseCode } from './one-time-code.ts'
import { isSame } from './tokens.ts'
import { createFirstUser, maxPasswordLength, minPasswordLength, needsSetup } from './users.ts'

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
export function ensureFirstRunCode(now = performance.now()): void {
  if (state.code !== '' && now < state.expiresAt) return
  state.code = newCode()
  state.expiresAt = now + lifetimeMs
  const { publicUrl, allowedHosts, port } = currentEnv()
  const address = publicUrl || `http://${allowedHosts[0] ?? `localhost:${port}`}`
  log.notice(`first-run code: ${state.code}  Open ${address} and enter it. It works once, for 15 minutes.`)
}

/** True for the code that was printed last, while it lasts; spelling is forgiven. */
export function isFirstRunCode(text: string, now = performance.now()): boolean {
  const isRight = isSame(normaliseCode(text), normaliseCode(state.code))
  return isRight && state.code !== '' && now < state.expiresAt
}

/** The code worked: it never does again. */
export function spendFirstRunCode(): void {
  state.code = ''
}

import 'server-only'
import { maskCommand, maskKnownValues } from '#lib/docker/secrets/secret-text'
import { processWide } from '#server/process-wide'

const maxRemembered = 2000

const known = processWide('engine.known-secrets', () => new Set<string>())

/** Keeps the secret values of a container that was read, so that words made elsewhere (an error of the Engine's) can be cleaned of them. */
export function rememberSecrets(values: readonly string[]): void {
  for (const value of values) {
    known.delete(value)
    known.add(value)
  }
  for (const oldest of known) {
    if (known.size <= maxRemembered) return
    known.delete(oldest)
  }
}

/** Text of the Engine's without secrets: what looks like one, and what is known to be one. */
export function hideSecrets(text: string): string {
  return maskKnownValues(maskCommand(text), [...known])
}

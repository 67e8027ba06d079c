import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import { parseImageReference } from '#lib/docker/images/image-reference'
import { dockerHub, registryHost, type RegistryEntry } from '#lib/docker/images/registry'
import type { SaveRegistryRequest } from '#lib/docker/images/registry-request'
import { callEngine } from '#server/engine/client/client'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'
import { seal, unseal } from '#server/store/vault'

const signInDeadlineMs = 30_000
const hubAddress = 'https://index.docker.io/v1/'

/** What the Engine takes to sign in to a registry. */
export interface RegistryCredentials {
  username: string
  password: string
  serveraddress: string
}

function table(): ReturnType<typeof database> {
  return processWide('registries', () => {
    const store = database()
    store.exec(`CREATE TABLE IF NOT EXISTS registries (
      host TEXT PRIMARY KEY, user_name TEXT NOT NULL, password_sealed BLOB NOT NULL,
      saved_by TEXT NOT NULL, saved_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID`)
    return store
  })
}

/** The registries one signs in to, by host; never a password. */
export function listRegistries(): RegistryEntry[] {
  return table()
    .prepare('SELECT host, user_name, saved_by, saved_at FROM registries ORDER BY host')
    .all()
    .map((row) => ({
      host: String(row.host),
      userName: String(row.user_name),
      savedBy: String(row.saved_by),
      savedAtMs: Number(row.saved_at),
    }))
}

/**
 * Tries the credentials through the Engine (`POST /auth`) and keeps them sealed. Throws `registry_refused` when the registry says no,
 * `registry_unreachable` when it is not there; then nothing is kept.
 */
export async function saveRegistry(request: SaveRegistryRequest, who: string): Promise<RegistryEntry> {
  const host = registryHost(request.host)
  if (!host) throw new CodedError('bad_request', 'host: This is not a registry’s host, like ghcr.io.')
  const { userName, password } = request
  await signIn({ username: userName, password, serveraddress: addressOf(host) }, host)
  table()
    .prepare(
      'INSERT OR REPLACE INTO registries (host, user_name, password_sealed, saved_by, saved_at) VALUES (?, ?, ?, ?, ?)',
    )
    .run(host, userName, seal(password), who, Date.now())
  return { host, userName, savedBy: who, savedAtMs: Date.now() }
}

/** Forgets a registry's credentials. Throws `not_found`. */
export function forgetRegistry(host: string): void {
  const { changes } = table().prepare('DELETE FROM registries WHERE host = ?').run(host)
  if (changes === 0) throw new CodedError('not_found', 'There are no credentials for this registry.')
}

/** The credentials for an image's registry, or null: then it is pulled without. Never leaves the server but to the Engine. */
export function credentialsFor(reference: string): RegistryCredentials | null {
  const registry = parseImageReference(reference)?.registry ?? null
  if (registry === null) return null
  return credentialsOf(registry)
}

/** The credentials of every registry, for a run of Compose. */
export function allCredentials(): RegistryCredentials[] {
  return listRegistries().flatMap(({ host }) => credentialsOf(host) ?? [])
}

function credentialsOf(host: string): RegistryCredentials | null {
  const row = table().prepare('SELECT user_name, password_sealed FROM registries WHERE host = ?').get(host)
  if (!row) return null
  const password = unseal(row.password_sealed as Uint8Array)
  // The key file is gone or another one: as if there were none, and the registry will say what it thinks of that.
  if (password === null) return null
  return { username: String(row.user_name), password, serveraddress: addressOf(host) }
}

function addressOf(host: string): string {
  return host === dockerHub ? hubAddress : host
}

async function signIn(credentials: RegistryCredentials, host: string): Promise<void> {
  try {
    await callEngine((docker) => docker.checkAuth(credentials), { deadlineMs: signInDeadlineMs })
  } catch (error) {
    throw toRegistryError(error, host)
  }
}

function toRegistryError(error: unknown, host: string): unknown {
  const code = errorCode(error)
  if (code === 'engine_unreachable' || code === 'engine_timeout') return error
  const words = error instanceof Error ? `${error.message} ${causeOf(error)}` : ''
  if (/unauthorized|incorrect username|denied|401|403|authentication required/i.test(words))
    return new CodedError('registry_refused', `${host} does not take this user name and password.`, {
      hint: 'Many registries want an access token instead of the password.',
      cause: error,
    })
  return new CodedError('registry_unreachable', `${host} cannot be reached from the Engine.`, {
    hint: `Try \`docker login ${host}\` on the Engine’s machine.`,
    cause: error,
  })
}

function causeOf({ cause }: Error): string {
  return cause instanceof Error ? cause.message : ''
}

const key = 'composure.secret'

/** The per-session secret, in storage that belongs to this origin alone; null when signed out or storage is closed. */
export function readStoredSecret(): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** Keeps the secret of a fresh session, or forgets it. */
export function storeSecret(secret: string | null): void {
  if (secret === null) localStorage.removeItem(key)
  else localStorage.setItem(key, secret)
}

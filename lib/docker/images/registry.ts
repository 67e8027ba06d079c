/** Docker Hub, as the Engine calls it. */
export const dockerHub = 'docker.io'

/** A registry Composure signs in to. Its password is never shown again. */
export interface RegistryEntry {
  /** `ghcr.io`, `registry.example:5000`; Docker Hub is `docker.io`. */
  host: string
  userName: string
  savedBy: string
  savedAtMs: number
}

const hostName = /^(?=.{1,255}$)[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?$/

/** What a person may write for a registry, as the host images are named with; null for what is none. */
export function registryHost(text: string): string | null {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')
  if (host === 'index.docker.io' || host === 'registry-1.docker.io' || host === 'hub.docker.com')
    return dockerHub
  return hostName.test(host) ? host : null
}

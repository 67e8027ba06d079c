/** A parsed image reference, as people write it: `postgres:17`, `ghcr.io/acme/app:1.2@sha256:...`. */
export interface ImageReference {
  /** Registry host with port, or `docker.io` when none is written. */
  registry: string
  /** Path in the registry as written, without the registry: `postgres`, `acme/app`. */
  path: string
  /** Empty when none is written (the Engine then takes `latest`). */
  tag: string
  /** `sha256:...`, or empty. */
  digest: string
}

const maxNameLength = 255
const pathComponent = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const registryHost =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[a-fA-F0-9:]+\])(?::[0-9]{1,5})?$/
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/
const digestPattern = /^sha(?:256:[a-f0-9]{64}|384:[a-f0-9]{96}|512:[a-f0-9]{128})$/

/** What is wrong with an image reference, in words for its field, or null. Grammar: distribution/reference. */
export function imageReferenceProblem(text: string): string | null {
  const parts = splitReference(text)
  const name = parts.registry ? `${parts.registry}/${parts.path}` : parts.path
  if (text === '') return 'Write an image, for example postgres:17.'
  if (/\s/.test(text)) return 'An image reference has no spaces.'
  if (text.includes('://')) return 'Leave out the scheme: write the registry as host:port/name.'
  if (name.length > maxNameLength) return `The name is longer than ${maxNameLength} characters.`
  if (parts.registry && !registryHost.test(parts.registry))
    return `"${parts.registry}" is not a registry host.`
  const wrong = parts.path.split('/').find((component) => !pathComponent.test(component))
  if (wrong !== undefined) return pathProblem(wrong)
  if (/^[a-f0-9]{64}$/.test(parts.path)) return 'A name of 64 hex digits would look like an image id.'
  if (parts.digest !== null && !digestPattern.test(parts.digest)) return 'The digest is not sha256:<64 hex>.'
  return parts.tag === null ? null : imageTagProblem(parts.tag)
}

/** What is wrong with a tag alone, or null. */
export function imageTagProblem(tag: string): string | null {
  if (tag === '') return 'Write a tag after the colon, for example latest.'
  if (tag.length > 128) return 'A tag has at most 128 characters.'
  return tagPattern.test(tag)
    ? null
    : 'A tag has letters, digits, _ . and -, and begins with a letter, digit or _.'
}

/** What is wrong with a new name for an image (`repository:tag`, no digest), or null. */
export function newImageNameProblem(text: string): string | null {
  if (text === '') return 'Write a name, for example app:1.2.'
  if (text.includes('@')) return 'A new name cannot carry a digest: the content decides that.'
  return imageReferenceProblem(text)
}

/** The parts of a valid reference, or null. */
export function parseImageReference(text: string): ImageReference | null {
  if (imageReferenceProblem(text) !== null) return null
  const { registry, path, tag, digest } = splitReference(text)
  return { registry: registry || 'docker.io', path, tag: tag ?? '', digest: digest ?? '' }
}

/** The repository and the tag of a reference for the Engine's `tag` and `pull` calls; the tag defaults to `latest`. */
export function repositoryAndTag(text: string): { repository: string; tag: string } | null {
  if (parseImageReference(text) === null) return null
  const { registry, path, tag, digest } = splitReference(text)
  const repository = registry ? `${registry}/${path}` : path
  if (digest) return { repository, tag: digest }
  return { repository, tag: tag ?? 'latest' }
}

function pathProblem(component: string): string {
  if (component === '') return 'The name is empty between slashes or before the tag.'
  if (component !== component.toLowerCase()) return 'The name must be lower case.'
  return `"${component}" is not allowed: use lower-case letters and digits, joined by . _ __ or -.`
}

function splitReference(text: string): {
  registry: string
  path: string
  tag: string | null
  digest: string | null
} {
  const at = text.indexOf('@')
  const digest = at < 0 ? null : text.slice(at + 1)
  const named = at < 0 ? text : text.slice(0, at)
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const tag = colon < 0 ? null : named.slice(colon + 1)
  const name = colon < 0 ? named : named.slice(0, colon)
  const slash = name.indexOf('/')
  const first = slash < 0 ? '' : name.slice(0, slash)
  // As Docker does it: the first part is a registry only when it looks like a host.
  const isRegistry = /[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase()
  return isRegistry
    ? { registry: first, path: name.slice(slash + 1), tag, digest }
    : { registry: '', path: name, tag, digest }
}

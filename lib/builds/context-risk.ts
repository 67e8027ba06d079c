const names: readonly [pattern: RegExp, what: string][] = [
  [/^\.env(?!\.(?:example|sample|template|dist)$)(?:\..+)?$/, 'variables, often with passwords'],
  [/^id_(?:rsa|dsa|ecdsa|ed25519)$/, 'a private key'],
  [/\.(?:p12|pfx|jks|keystore)$/i, 'a private key'],
  [/^\.(?:netrc|pypirc|git-credentials|pgpass|htpasswd)$/, 'passwords'],
  [/^(?:credentials|client_secret|service-account|serviceaccount)\b.*\.json$/i, 'credentials'],
  [/^secrets?\.(?:ya?ml|json|toml)$/i, 'secrets'],
  [/\.tfstate$/, 'state of Terraform, with its secrets'],
]
const paths: readonly [pattern: RegExp, what: string][] = [
  [/(?:^|\/)\.aws\/credentials$/, 'credentials'],
  [/(?:^|\/)\.docker\/config\.json$/, 'credentials of registries'],
  [/(?:^|\/)\.kube\/config$/, 'credentials of a cluster'],
]
const contents: readonly [name: RegExp, content: RegExp, what: string][] = [
  [/\.(?:pem|key)$/i, /-----BEGIN [A-Z ]*PRIVATE KEY-----/, 'a private key'],
  [/^\.npmrc$/, /_(?:authToken|auth|password)\s*=\s*(?!\$\{)\S/, 'a token of a registry'],
  [/^\.yarnrc\.yml$/, /npmAuthToken:\s*(?!["']?\$\{)\S/, 'a token of a registry'],
]

/** Folders that hardly ever belong into an image: made again by a build, or history. */
const needless = new Set([
  '.git',
  'node_modules',
  '.venv',
  'venv',
  '__pycache__',
  '.pytest_cache',
  '.mypy_cache',
  '.terraform',
  '.next',
])

export const isNeedlessFolder = (name: string): boolean => needless.has(name)

/** What a file of this path most likely holds that nobody wants in an image, or null. */
export function secretOf(path: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return (
    names.find(([pattern]) => pattern.test(name))?.[1] ??
    paths.find(([pattern]) => pattern.test(path))?.[1] ??
    null
  )
}

/** True for a file whose content has to tell; `secretIn` then reads it. */
export function mayHoldSecret(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return contents.some(([pattern]) => pattern.test(name))
}

/** What the beginning of such a file says it holds, or null. */
export function secretIn(path: string, text: string): string | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return contents.find(([pattern, content]) => pattern.test(name) && content.test(text))?.[2] ?? null
}

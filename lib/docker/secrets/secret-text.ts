/** What stands on screen where a secret was. */
export const mask = '••••••••'

const secretName =
  /pass(?:word|wd|phrase)?(?![a-z]*(?:ive|enger|age))|secret|token|api_?key|private_?key|access_?key|credential|auth(?!or)|(?:^|_)pwd|(?:^|_)dsn$/i
const harmlessName = /^gpg_key|_file$|_path$|_url$|public|^keycloak_(?!.*pass)|_length$|_ttl$|_expir/i
const passwordInUrl = /([a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@'"]{0,256}:)([^\s@'"]{1,1024})(?=@)/gi

/** True when a variable of this name usually holds a secret. Built to be calm: `*_FILE`, `GPG_KEY` and the like are not. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !harmlessName.test(name)
}

/** The value to show for a variable, and whether something was hidden: the whole value, or the password in a URL. */
export function maskValue(name: string, value: string): { value: string; isMasked: boolean } {
  if (value === '') return { value, isMasked: false }
  if (isSecretName(name)) return { value: mask, isMasked: true }
  const shown = value.replace(passwordInUrl, `$1${mask}`)
  return { value: shown, isMasked: shown !== value }
}

/** Masks `NAME=value` of secret names and passwords in URLs anywhere in a command line; `$VARIABLES` stay readable. */
export function maskCommand(text: string): string {
  return text
    .replace(
      /([A-Za-z_][A-Za-z0-9_]{0,127})=("(?:[^"\\]|\\.){0,4096}"|'[^']{0,4096}'|[^\s"';&|)]{1,4096})/g,
      (whole, name: string, value: string) =>
        isSecretName(name) && !/^["']?\$/.test(value) ? `${name}=${mask}` : whole,
    )
    .replace(/(\b(?:bearer|basic)\s+)([A-Za-z0-9._~+/=-]{8,})/gi, `$1${mask}`)
    .replace(/(--?(?:password|passwd|token|secret|api-key)[= ])([^\s$][^\s]*)/gi, `$1${mask}`)
    .replace(passwordInUrl, `$1${mask}`)
}

/** Replaces every occurrence of known secret values; values under four characters are too common to replace. */
export function maskKnownValues(text: string, values: readonly string[]): string {
  return values
    .filter((value) => value.length >= 4)
    .sort((a, b) => b.length - a.length)
    .reduce((result, value) => result.replaceAll(value, mask), text)
}

/** Where to go after signing in: a path of this site, or `/` for anything else. */
export function safeNextPath(text: string | null | undefined): string {
  if (!text?.startsWith('/') || /^\/[/\\]/.test(text) || /[\\\u0000-\u001f]/.test(text)) return '/'
  const base = 'http://composure.invalid'
  if (!URL.canParse(text, base)) return '/'
  const url = new URL(text, base)
  if (url.origin !== base || url.pathname === '/sign-in' || url.pathname.startsWith('/api/')) return '/'
  return url.pathname + url.search + url.hash
}

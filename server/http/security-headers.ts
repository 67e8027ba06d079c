import 'server-only'

/** On every answer, whatever it is. */
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const

const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** For answers without a page: refusals on bare sockets. */
export const plainHeaders: Record<string, string> = { ...always, 'content-security-policy': nothing }

/** The headers of an answer; `csp` is one of the two below. */
export function securityHeaders(csp: string, isHttps: boolean): Record<string, string> {
  return {
    ...always,
    'content-security-policy': csp,
    ...(isHttps ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/**
 * The policy of pages: only scripts that carry this request's nonce, and what they load. `'self'` does not cover WebSockets in
 * every browser, so the socket's origin is named. xterm makes <style> elements, hence inline styles.
 */
export function pageCsp(nonce: string, socketOrigin: string, isDev: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${socketOrigin}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

/** The policy of files under `/_next/`: a worker is bound by its own file's policy, and has no nonce to give to what it imports. */
export function assetCsp(socketOrigin: string, isDev: boolean): string {
  return `default-src 'none'; script-src 'self'${isDev ? " 'unsafe-eval'" : ''}; connect-src 'self' ${socketOrigin}; frame-ancestors 'none'`
}

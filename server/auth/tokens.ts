import 'server-only'
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A fresh 256-bit token, 43 characters that need no encoding anywhere. */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored instead of a token: its SHA-256 in hex. The tokens are random, so nothing slower is needed. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Compares two strings in a time that tells nothing about where they differ. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

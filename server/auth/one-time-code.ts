import 'server-only'
import { randomBytes } from 'node:crypto'

// Crockford's alphabet: no I, L, O, U; what people misread is read as what was meant.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 28

/** A code people type once: 28 characters of 5 bits, in groups of four. */
export function newCode(): string {
  const letters = [...randomBytes(codeLength)].map((byte) => alphabet[byte % 32] ?? '0')
  return letters.join('').replace(/(.{4})(?=.)/g, '$1-')
}

/** The code as it was printed, however it was spelled. */
export function normaliseCode(text: string): string {
  return text
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}

import 'server-only'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { currentEnv } from '#server/env'
import { processWide } from '#server/process-wide'

/**
 * Seals what must be kept and is nobody's to read: AES-256-GCM with the key in `composure.key`, a file of its own beside the
 * database, so that a copy of the database alone tells nothing.
 */
export function seal(text: string): Uint8Array {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key(), nonce)
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** What was sealed; null when it is not ours, was changed, or the key is another one by now. */
export function unseal(sealed: Uint8Array): string | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key(), sealed.subarray(0, 12))
    decipher.setAuthTag(sealed.subarray(12, 28))
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
  } catch {
    return null
  }
}

function key(): Buffer {
  return processWide('vault.key', () => {
    const file = join(currentEnv().dataDir, 'composure.key')
    try {
      // Made once; two processes that begin at once agree on the first.
      writeFileSync(/* turbopackIgnore: true */ file, randomBytes(32), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    return readFileSync(/* turbopackIgnore: true */ file)
  })
}

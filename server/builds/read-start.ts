import 'server-only'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** The beginning of a file; null for what is none, or cannot be read. */
export async function readStart(path: string, maxBytes: number): Promise<string | null> {
  try {
    // Not to wait for who writes into a pipe.
    const file = await open(/* turbopackIgnore: true */ path, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      if (!(await file.stat()).isFile()) return null
      const { buffer, bytesRead } = await file.read(Buffer.alloc(maxBytes), 0, maxBytes, 0)
      return buffer.toString('utf8', 0, bytesRead)
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}

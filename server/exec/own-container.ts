import 'server-only'
import { readFileSync } from 'node:fs'
import { processWide } from '#server/process-wide'

/** The container the dashboard itself runs in, or null: the Engine mounts /etc/hostname from a folder with its id. */
export function ownContainerId(): string | null {
  return processWide('own-container', () => ({ id: read() })).id
}

function read(): string | null {
  try {
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
    return /\/containers\/([0-9a-f]{64})\/hostname \/etc\/hostname /.exec(mounts)?.[1] ?? null
  } catch {
    return null
  }
}

import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small disk of the test's own. */
export class SmallDisk {
  readonly path = mkdtempSync(join(tmpdir(), 'composure-disk-'))

  constructor(megabytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'composure-test', this.path])
  }

  fill(): void {
    fillDisk(this.path)
  }

  empty(): void {
    emptyDisk(this.path)
  }

  remove(): void {
    execFileSync('umount', ['-l', this.path])
    rmSync(this.path, { recursive: true })
  }
}

/** Writes a file until nothing more fits. */
export function fillDisk(path: string): void {
  const file = openSync(join(path, 'filler'), 'a')
  // In small pieces at last, so that not even a row finds room.
  for (const size of [1 << 20, 4096, 1]) {
    const piece = Buffer.alloc(size)
    while (hasTaken(file, piece)) continue
  }
  closeSync(file)
}

export function emptyDisk(path: string): void {
  rmSync(join(path, 'filler'), { force: true })
}

export function freeBytes(path: string): number {
  const { bavail, bsize } = statfsSync(path)
  return bavail * bsize
}

function hasTaken(file: number, piece: Buffer): boolean {
  try {
    return writeSync(file, piece) === piece.length
  } catch {
    return false
  }
}

import 'server-only'

/** A read that fills this is followed by one into a large buffer. */
const smallBytes = 4 * 1024
const largeBytes = 64 * 1024
/** Large ones kept for the next stream: 1 MiB. */
const maxKept = 16

const kept: Buffer[] = []

/**
 * Where sockets read into. A buffer a read, as Node does it, is external memory that has the collector run all the time while
 * a long log comes: large ones are used again. A stream that waits holds a small one.
 */
export function takeBuffer(lastReadBytes: number): Buffer {
  // Not Buffer.allocUnsafe: Node counts its memory so that the collector marks the whole heap every few MB.
  if (lastReadBytes < smallBytes) return Buffer.from(new ArrayBuffer(smallBytes))
  return kept.pop() ?? Buffer.from(new ArrayBuffer(largeBytes))
}

/** Gives a buffer back whose bytes nobody looks at any more. */
export function giveBuffer(buffer: Buffer): void {
  if (buffer.length === largeBytes && kept.length < maxKept) kept.push(buffer)
}

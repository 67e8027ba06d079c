import 'server-only'

/** A read that fills this is followed by one into a large buffer. */
const smallBytes = 4 * 1024
const largeBytes = 64 * 1024

/** Kept for the next read: 256 KiB of small ones, 1 MiB of large ones. */
const small: Buffer[] = []
const large: Buffer[] = []
const maxSmall = 64
const maxLarge = 16

/**
 * Where sockets read into. A buffer a read, as Node does it, is external memory that has the collector run all the time while
 * a long log comes: they are used again. A stream that waits holds a small one.
 */
export function takeBuffer(lastReadBytes: number): Buffer {
  // Not Buffer.allocUnsafe: Node counts its memory so that the collector marks the whole heap every few MB.
  if (lastReadBytes < smallBytes) return small.pop() ?? Buffer.from(new ArrayBuffer(smallBytes))
  return large.pop() ?? Buffer.from(new ArrayBuffer(largeBytes))
}

/** Gives a buffer back whose bytes nobody looks at any more. */
export function giveBuffer(buffer: Buffer): void {
  if (buffer.length === largeBytes && large.length < maxLarge) large.push(buffer)
  else if (buffer.length === smallBytes && small.length < maxSmall) small.push(buffer)
}

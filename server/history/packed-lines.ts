import 'server-only'
import { LineBatch } from '#lib/logs/line-batch'

/** A `LineBatch` as typed arrays, to cross threads without copies. */
export interface PackedLines {
  seconds: Float64Array<ArrayBuffer>
  nanos: Uint32Array<ArrayBuffer>
  flags: Uint8Array<ArrayBuffer>
  sources: Uint32Array<ArrayBuffer>
  ends: Uint32Array<ArrayBuffer>
  bytes: Uint8Array<ArrayBuffer>
  ordinals: [number, number][]
  droppedBytes: [number, number][]
}

export function packLines(batch: LineBatch): PackedLines {
  return {
    seconds: Float64Array.from(batch.seconds),
    nanos: Uint32Array.from(batch.nanos),
    flags: Uint8Array.from(batch.flags),
    sources: Uint32Array.from(batch.sources),
    ends: Uint32Array.from(batch.ends),
    bytes: batch.bytes.slice(0, batch.length) as Uint8Array<ArrayBuffer>,
    ordinals: [...batch.ordinals],
    droppedBytes: [...batch.droppedBytes],
  }
}

export function unpackLines(packed: PackedLines): LineBatch {
  const batch = new LineBatch(0)
  const ordinals = new Map(packed.ordinals)
  const dropped = new Map(packed.droppedBytes)
  batch.bytes = packed.bytes
  batch.length = packed.bytes.length
  batch.count = packed.seconds.length
  for (const [index, seconds] of packed.seconds.entries()) {
    batch.seconds.push(seconds)
    batch.nanos.push(packed.nanos[index] ?? 0)
    batch.flags.push(packed.flags[index] ?? 0)
    batch.sources.push(packed.sources[index] ?? 0)
    batch.ends.push(packed.ends[index] ?? 0)
  }
  for (const [index, ordinal] of ordinals) batch.ordinals.set(index, ordinal)
  for (const [index, bytes] of dropped) batch.droppedBytes.set(index, bytes)
  return batch
}

/** The buffers that may be handed over instead of copied. */
export function buffersOf(packed: PackedLines): ArrayBuffer[] {
  const { seconds, nanos, flags, sources, ends, bytes } = packed
  return [seconds.buffer, nanos.buffer, flags.buffer, sources.buffer, ends.buffer, bytes.buffer]
}

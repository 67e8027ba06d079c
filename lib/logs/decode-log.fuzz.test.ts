import { describe, expect, it } from 'vitest'
import { LogDecoder } from './decode-log.ts'
import { detectLevel, levels } from './level.ts'
import { lineFlags, maxLineBytes } from './line-assembler.ts'
import { LineBatch } from './line-batch.ts'

// Random programs, an Engine as it is, random reads. A failure names its seed: give it as FUZZ_SEED to see it again.
const firstSeed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 1e9))
const rounds = process.env.FUZZ_SEED ? 1 : 150
const seeds = Array.from({ length: rounds }, (_, i) => [firstSeed + i])

const encoder = new TextEncoder()
const partBytes = 16 * 1024

type Random = (below: number) => number

function seeded(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    // Mulberry32: neighbouring seeds give unlike numbers.
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 0x100000000) * below)
  }
}

interface Written {
  isStderr: boolean
  /** The line's bytes without its end. */
  bytes: Uint8Array
}

/** What a program may write as one line: anything but a newline. */
function someLine(random: Random): Uint8Array {
  switch (random(8)) {
    case 0:
      return new Uint8Array(0)
    case 1:
      // Not UTF-8, NUL, carriage returns in the middle.
      return Uint8Array.from({ length: random(200) }, () => {
        const byte = random(256)
        return byte === 10 ? 13 : byte
      })
    case 2:
      return encoder.encode(Array.from({ length: 1 + random(5) }, (_, i) => `${i * 20}%`).join('\r'))
    case 3:
      return encoder.encode('€ä𝄞x'.repeat(random(9_000)))
    case 4:
      return encoder.encode('y'.repeat(partBytes * random(4) + random(3)))
    case 5:
      return encoder.encode(`2026-11-24T00:11:17.000000042Z looks like the Engine's own time ${random(1e6)}`)
    case 6:
      return random(20) === 0
        ? encoder.encode('z'.repeat(maxLineBytes - 2 + random(4)))
        : encoder.encode('\u0000')
    default:
      return encoder.encode(`line ${random(1e9)}`)
  }
}

const stamp = (nanos: number): Uint8Array =>
  encoder.encode(`2026-11-24T00:11:17.${String(nanos).padStart(9, '0')}Z `)

function join(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

/** The Engine's messages of one line: parts of 16 KiB, each with the time of the first, only the last with a line end. */
function messages(line: Uint8Array, nanos: number, end: string): Uint8Array[] {
  const bytes = join([line, encoder.encode(end)])
  const parts: Uint8Array[] = []
  for (let at = 0; at < bytes.length || at === 0; at += partBytes)
    parts.push(join([stamp(nanos), bytes.subarray(at, at + partBytes)]))
  return parts
}

function frame(isStderr: boolean, payload: Uint8Array): Uint8Array {
  const head = new Uint8Array(8)
  head[0] = isStderr ? 2 : 1
  new DataView(head.buffer).setUint32(4, payload.length)
  return join([head, payload])
}

/** Two streams, each in its order, interleaved message by message. */
function framed(random: Random, written: Written[], isLastOpen: boolean): Uint8Array {
  const queues: Uint8Array[][] = [[], []]
  for (const [i, { isStderr, bytes }] of written.entries()) {
    const end = isLastOpen && i === written.length - 1 ? '' : '\n'
    for (const part of messages(bytes, i + 1, end)) queues[isStderr ? 1 : 0]?.push(frame(isStderr, part))
  }
  const frames: Uint8Array[] = []
  while (queues.some((queue) => queue.length > 0)) {
    const next = queues[random(2)]?.shift()
    if (next) frames.push(next)
    if (random(30) === 0) frames.push(frame(false, new Uint8Array(0)))
  }
  return join(frames)
}

function cutUp(random: Random, bytes: Uint8Array): Uint8Array[] {
  const pieces: Uint8Array[] = []
  for (let at = 0; at < bytes.length; ) {
    const size = 1 + random(random(2) === 0 ? 12 : 70_000)
    pieces.push(bytes.slice(at, at + size))
    at += size
  }
  return pieces
}

function decode(pieces: Uint8Array[], hasTty: boolean): LineBatch {
  const batch = new LineBatch()
  const decoder = new LogDecoder(batch, { hasTty })
  for (const piece of pieces) decoder.push(piece)
  decoder.end()
  return batch
}

function bytesOf(batch: LineBatch, isStderr: boolean): Uint8Array[] {
  const lines: Uint8Array[] = []
  for (let i = 0; i < batch.count; i += 1)
    if (batch.cursorOf(i).isStderr === isStderr)
      lines.push(batch.bytes.slice(batch.startOf(i), batch.ends[i]))
  return lines
}

/** A longer line keeps its first MiB, less what would cut a character in two. */
function expectBytes(read: Uint8Array[], written: Uint8Array[]): void {
  expect(read.length).toBe(written.length)
  for (const [i, bytes] of written.entries()) {
    const line = read[i] ?? new Uint8Array(0)
    if (bytes.length <= maxLineBytes) expect(Buffer.compare(line, bytes)).toBe(0)
    else {
      expect(line.length).toBeGreaterThan(maxLineBytes - 4)
      expect(Buffer.compare(line, bytes.subarray(0, line.length))).toBe(0)
    }
  }
}

describe('a line is what the program wrote, byte for byte', () => {
  it.each(seeds)('over two streams (seed %i)', (seed) => {
    const random = seeded(seed)
    const written = Array.from({ length: 1 + random(30) }, () => ({
      isStderr: random(2) === 1,
      bytes: someLine(random),
    }))
    const isLastOpen = random(3) === 0 && (written.at(-1)?.bytes.length ?? 0) > 0
    const batch = decode(cutUp(random, framed(random, written, isLastOpen)), false)
    for (const isStderr of [false, true])
      expectBytes(
        bytesOf(batch, isStderr),
        written.filter((line) => line.isStderr === isStderr).map(({ bytes }) => bytes),
      )
    for (const [index, dropped] of batch.droppedBytes) {
      expect((batch.flags[index] ?? 0) & lineFlags.cut).toBe(lineFlags.cut)
      expect(dropped).toBeGreaterThan(0)
    }
  })

  it.each(seeds.slice(0, 80))('from a terminal (seed %i)', (seed) => {
    const random = seeded(seed)
    // A terminal ends lines with \r\n; what looks like a repeated time at a part's border is one to any reader.
    const written = Array.from({ length: 1 + random(20) }, () => someLine(random)).filter(
      (line) => line.length < maxLineBytes && line.at(-1) !== 13,
    )
    const bytes = join(written.flatMap((line, i) => messages(line, i + 1, '\r\n')))
    expectBytes(bytesOf(decode(cutUp(random, bytes), true), false), written)
  })

  it.each(seeds.slice(0, 60))('at every border between two reads (seed %i)', (seed) => {
    const random = seeded(seed)
    const written = Array.from({ length: 4 }, (_, i) => ({
      isStderr: i % 2 === 1,
      bytes: someLine(random).subarray(0, 300),
    }))
    const bytes = framed(random, written, false)
    const whole = decode([bytes], false)
    for (let at = 0; at <= bytes.length; at += 1) {
      const batch = decode([bytes.slice(0, at), bytes.slice(at)], false)
      expect(
        Buffer.compare(batch.bytes.subarray(0, batch.length), whole.bytes.subarray(0, whole.length)),
      ).toBe(0)
      expect(batch.flags).toEqual(whole.flags)
    }
  })
})

describe('levels', () => {
  it.each(seeds)('are told of any text, quickly and the same each time (seed %i)', (seed) => {
    const random = seeded(seed)
    const words = [
      'ERROR',
      'info',
      '[',
      ']',
      '{',
      '"level":',
      '30',
      '\u001b[31m',
      '=',
      'level=',
      ' ',
      '\t',
      ':',
      '<3>',
      '|',
    ]
    const text = Array.from({ length: random(80) }, () =>
      random(4) === 0 ? String.fromCharCode(random(0x2000)) : (words[random(words.length)] ?? ''),
    ).join('')
    const level = detectLevel(text)
    expect(levels[level]).toBeDefined()
    expect(detectLevel(text)).toBe(level)
  })
})

import { describe, expect, it } from 'vitest'
import { LogDecoder } from './decode-log.ts'
import { lineFlags, maxLineBytes } from './line-assembler.ts'
import { LineBatch } from './line-batch.ts'

const encoder = new TextEncoder()
const stamp = (nanos: number): string => `2026-11-24T00:11:17.${String(nanos).padStart(9, '0')}Z `

function frame(stream: number, text: string | Uint8Array): Uint8Array {
  const payload = typeof text === 'string' ? encoder.encode(text) : text
  const bytes = new Uint8Array(8 + payload.length)
  new DataView(bytes.buffer).setUint32(4, payload.length)
  bytes[0] = stream
  bytes.set(payload, 8)
  return bytes
}

function join(...parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

interface Line {
  stream: 'out' | 'err'
  nanos: number
  text: string
  ordinal: number
  flags: number
}

function decode(chunks: Uint8Array[], options: { hasTty?: boolean; isLeftOpen?: boolean } = {}): Line[] {
  const batch = new LineBatch()
  const decoder = new LogDecoder(batch, { hasTty: options.hasTty ?? false })
  for (const chunk of chunks) decoder.push(chunk)
  if (!options.isLeftOpen) decoder.end()
  return linesOf(batch)
}

function linesOf(batch: LineBatch): Line[] {
  return Array.from({ length: batch.count }, (_, i) => ({
    stream: batch.cursorOf(i).isStderr ? 'err' : 'out',
    nanos: batch.nanos[i] ?? -1,
    text: batch.textOf(i),
    ordinal: batch.cursorOf(i).ordinal,
    flags: (batch.flags[i] ?? 0) & ~lineFlags.stderr,
  }))
}

const texts = (lines: Line[]): string[] => lines.map((line) => `${line.stream} ${line.text}`)

/** A generator with a seed, so that a failure can be run again. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 0x100000000) * below)
  }
}

describe('the Engine’s frames to lines', () => {
  it('reads both streams with their nanoseconds', () => {
    const lines = decode([join(frame(1, `${stamp(1)}one\n`), frame(2, `${stamp(999_999_999)}two\n`))])
    expect(lines).toEqual([
      { stream: 'out', nanos: 1, text: 'one', ordinal: 0, flags: 0 },
      { stream: 'err', nanos: 999_999_999, text: 'two', ordinal: 0, flags: 0 },
    ])
  })

  it('keeps the first lines, whatever they look like and however soon the next one follows', () => {
    const first = [`${stamp(1)}plain line one\n`, `${stamp(2)}plain line two\n`, `${stamp(3)}INFO three\n`]
    const lines = decode([join(...first.map((text) => frame(1, text)))])
    expect(texts(lines)).toEqual(['out plain line one', 'out plain line two', 'out INFO three'])
  })

  it('joins the parts of a stdout line around a stderr line that came in between', () => {
    const part = 'x'.repeat(16_384)
    const bytes = join(
      frame(1, stamp(5) + part),
      frame(2, `${stamp(6)}ERROR from stderr\n`),
      frame(1, `${stamp(5)}tail-of-stdout\n`),
    )
    expect(texts(decode([bytes]))).toEqual(['err ERROR from stderr', `out ${part}tail-of-stdout`])
  })

  it('joins interleaved parts of both streams', () => {
    const a = 'a'.repeat(16_384)
    const b = 'b'.repeat(16_384)
    const parts: [number, string][] = [
      [1, stamp(5) + a],
      [2, stamp(6) + b],
      [1, stamp(5) + a],
      [2, `${stamp(6)}b-end\n`],
      [1, `${stamp(5)}a-end\n`],
    ]
    const lines = decode([join(...parts.map(([stream, text]) => frame(stream, text)))])
    expect(texts(lines)).toEqual([`err ${b}b-end`, `out ${a}${a}a-end`])
  })

  it('ends a line without newline where a line with another time begins', () => {
    const lines = decode([join(frame(1, `${stamp(1)}killed here`), frame(1, `${stamp(2)}next run\n`))])
    expect(texts(lines)).toEqual(['out killed here', 'out next run'])
  })

  it('keeps a last line without newline, an empty line, blanks, NUL and a carriage return', () => {
    const written = ['', '  ', 'a\u0000b', '10%\r20%\r30%', 'crlf\r', 'last']
    const frames = written.map((text, i) => frame(1, stamp(i) + text + (text === 'last' ? '' : '\n')))
    expect(decode([join(...frames)]).map((line) => line.text)).toEqual(written)
  })

  it('shows bytes that are not UTF-8 as U+FFFD and loses none of the rest', () => {
    const bytes = join(encoder.encode(stamp(1)), new Uint8Array([0x61, 0xff, 0xc3, 0x62, 0x0a]))
    expect(decode([frame(1, bytes)])[0]?.text).toBe('a\uFFFD\uFFFDb')
  })

  it('keeps a byte order mark', () => {
    expect(decode([frame(1, `${stamp(1)}\uFEFFtext\n`)])[0]?.text).toBe('\uFEFFtext')
  })

  it('numbers lines of one stream with the same time', () => {
    const lines = decode([
      join(frame(1, `${stamp(7)}a\n`), frame(2, `${stamp(7)}b\n`), frame(1, `${stamp(7)}c\n`)),
    ])
    expect(lines.map((line) => line.ordinal)).toEqual([0, 0, 1])
  })

  it('keeps a line of exactly 1 MiB and cuts a longer one at a whole character, counting the rest', () => {
    const whole = 'y'.repeat(maxLineBytes)
    const kept = decode([frame(1, `${stamp(1)}${whole}\n`)])
    expect([kept[0]?.text.length, kept[0]?.flags]).toEqual([maxLineBytes, 0])

    const batch = new LineBatch()
    const decoder = new LogDecoder(batch, { hasTty: false })
    decoder.push(frame(1, `${stamp(1)}${'y'.repeat(maxLineBytes - 1)}€ and more\n`))
    decoder.push(frame(1, `${stamp(2)}next\n`))
    expect(batch.textOf(0)).toBe('y'.repeat(maxLineBytes - 1))
    expect(batch.flags[0]).toBe(lineFlags.cut)
    expect(batch.droppedBytes.get(0)).toBe(encoder.encode('€ and more').length)
    expect(batch.textOf(1)).toBe('next')
  })

  it('hands out a line that never ends when asked, and says that the rest continues it', () => {
    const batch = new LineBatch()
    const decoder = new LogDecoder(batch, { hasTty: false })
    decoder.push(frame(1, stamp(1) + 'z'.repeat(16_384)))
    expect(decoder.hasUnfinished).toBe(true)
    decoder.flushUnfinished()
    decoder.push(frame(1, `${stamp(1)}end\n`))
    expect(linesOf(batch).map((line) => [line.text.length, line.flags, line.ordinal])).toEqual([
      [16_384, lineFlags.unfinished, 0],
      [3, lineFlags.continued, 1],
    ])
  })

  it('refuses a length no Engine would send, and bytes that are no frames', () => {
    expect(() => decode([new Uint8Array([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])])).toThrow('cannot be read')
    expect(() => decode([encoder.encode('plain text of a TTY')])).toThrow('cannot be read')
  })

  it('skips empty frames and tells what the Engine says in the middle', () => {
    const batch = new LineBatch()
    const decoder = new LogDecoder(batch, { hasTty: false })
    decoder.push(join(frame(1, ''), frame(3, 'error grabbing logs: EOF\n'), frame(1, `${stamp(1)}a\n`)))
    expect([batch.count, decoder.engineError, decoder.messageCount]).toEqual([
      1,
      'error grabbing logs: EOF',
      2,
    ])
  })
})

describe('a TTY’s bytes to lines', () => {
  it('takes off the terminal’s carriage return and keeps lone ones', () => {
    const bytes = encoder.encode(`${stamp(1)}hello\r\n${stamp(2)}10%\r20%\r\n${stamp(3)}last`)
    expect(decode([bytes], { hasTty: true }).map((line) => line.text)).toEqual(['hello', '10%\r20%', 'last'])
  })

  it('joins the parts of a long line, without the timestamps between them', () => {
    const part = 'p'.repeat(16_384)
    const bytes = encoder.encode(`${stamp(1)}${part}${stamp(1)}${part}${stamp(1)}end\r\n${stamp(2)}next\r\n`)
    expect(decode([bytes], { hasTty: true }).map((line) => line.text)).toEqual([`${part}${part}end`, 'next'])
  })

  it('takes off the carriage return where the border of two parts comes between it and the line end', () => {
    const part = 'p'.repeat(16_383)
    const bytes = encoder.encode(`${stamp(1)}${part}\r${stamp(1)}\n${stamp(2)}next\r\n`)
    expect(decode([bytes], { hasTty: true }).map((line) => line.text)).toEqual([part, 'next'])
  })

  it('shows a progress line that has no end when asked', () => {
    const batch = new LineBatch()
    const decoder = new LogDecoder(batch, { hasTty: true })
    decoder.push(encoder.encode(`${stamp(1)}${'#'.repeat(60)}`))
    decoder.flushUnfinished()
    expect(batch.textOf(0)).toBe('#'.repeat(60))
  })
})

describe('the same bytes in other pieces', () => {
  const part = 'é'.repeat(8192)
  const framed = join(
    frame(1, `${stamp(1)}first\n`),
    frame(2, stamp(2) + part),
    frame(1, `${stamp(3)}in between €\n`),
    frame(1, ''),
    frame(2, `${stamp(2)}end\n`),
    frame(2, `${stamp(2)}\n`),
    frame(1, `${stamp(4)}no newline`),
  )
  const tty = encoder.encode(`${stamp(1)}a\r\n${stamp(2)}${'t'.repeat(16_384)}${stamp(2)}u\r\n${stamp(3)}€`)

  it('are the same lines when cut in two at every offset', () => {
    const expected = decode([framed])
    expect(expected).toHaveLength(5)
    for (let at = 0; at <= framed.length; at += 1) {
      // The middle of the long part is all alike: every 97th offset there is enough.
      if (at > 200 && at < framed.length - 300 && at % 97 !== 0) continue
      expect(decode([framed.subarray(0, at), framed.subarray(at)])).toEqual(expected)
    }
  })

  it('are the same lines byte by byte', () => {
    expect(decode(Array.from(framed, (byte) => new Uint8Array([byte])))).toEqual(decode([framed]))
    const options = { hasTty: true }
    expect(
      decode(
        Array.from(tty, (byte) => new Uint8Array([byte])),
        options,
      ),
    ).toEqual(decode([tty], options))
  })

  it.each(Array.from({ length: 40 }, (_, seed) => [seed]))(
    'are the same lines in random logs (seed %i)',
    (seed) => {
      const random = seeded(seed + 1)
      const written = { out: [] as string[], err: [] as string[] }
      const frames: Uint8Array[] = []
      // Each stream writes its own lines; the two are interleaved part by part.
      const queues = [1, 2].map((stream) =>
        Array.from({ length: 20 }, (_, i) => {
          const text = `${stream}-${i} ${'ä€x'.repeat(random(3) === 0 ? random(12_000) : random(40))}`
          written[stream === 1 ? 'out' : 'err'].push(text)
          const bytes = encoder.encode(`${text}\n`)
          const parts: Uint8Array[] = []
          for (let at = 0; at < bytes.length; at += 16_384)
            parts.push(
              frame(stream, join(encoder.encode(stamp(i * 10 + stream)), bytes.subarray(at, at + 16_384))),
            )
          return parts
        }).flat(),
      )
      while (queues.some((queue) => queue.length > 0)) {
        const next = queues[random(2)]?.shift()
        if (next) frames.push(next)
      }
      const bytes = join(...frames)
      const chunks: Uint8Array[] = []
      for (let at = 0; at < bytes.length; ) {
        const size = 1 + random(random(2) === 0 ? 20 : 40_000)
        chunks.push(bytes.subarray(at, at + size))
        at += size
      }
      const lines = decode(chunks)
      expect(lines.filter((line) => line.stream === 'out').map((line) => line.text)).toEqual(written.out)
      expect(lines.filter((line) => line.stream === 'err').map((line) => line.text)).toEqual(written.err)
    },
  )

  it('never fail in any other way than by saying so, whatever the bytes', () => {
    const random = seeded(99)
    for (let round = 0; round < 500; round += 1) {
      const bytes = Uint8Array.from({ length: random(400) }, () =>
        random(3) === 0 ? random(3) : random(256),
      )
      expect(() => decode([bytes], { hasTty: true })).not.toThrow()
      try {
        decode([bytes])
      } catch (error) {
        expect(String(error)).toContain('cannot be read')
      }
    }
  })
})

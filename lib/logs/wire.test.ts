import { describe, expect, it } from 'vitest'
import { LineBatch } from './line-batch.ts'
import { countLines, eachLine, type LogLines, toLogLines } from './wire.ts'

interface Line {
  seconds: number
  nanos: number
  flags: number
  ordinal: number
  text: string
}

function batchOf(lines: Line[]): LineBatch {
  const batch = new LineBatch()
  for (const line of lines) {
    const bytes = new TextEncoder().encode(line.text)
    batch.line({ ...line, droppedBytes: 0 }, bytes, 0, bytes.length)
  }
  return batch
}

function read(messages: LogLines[]): Line[] {
  const lines: Line[] = []
  for (const message of messages) {
    const ordinals = new Map(message.ordinals)
    eachLine(message, ({ time, flags, text, index }) =>
      lines.push({ ...time, flags, ordinal: ordinals.get(index) ?? 0, text }),
    )
  }
  return lines
}

describe('lines over the wire', () => {
  it('come back with every nanosecond, stream and ordinal', () => {
    const lines: Line[] = [
      { seconds: 1_763_942_400, nanos: 999_999_999, flags: 0, ordinal: 0, text: 'a' },
      { seconds: 1_763_942_401, nanos: 0, flags: 1, ordinal: 0, text: '' },
      { seconds: 1_763_942_401, nanos: 0, flags: 1, ordinal: 1, text: '€"\\\u0000\r' },
      { seconds: 1_763_942_400, nanos: 999_999_998, flags: 0, ordinal: 0, text: 'earlier by the clock' },
    ]
    const messages = toLogLines(batchOf(lines))
    expect(messages).toHaveLength(1)
    expect(read(JSON.parse(JSON.stringify(messages)) as LogLines[])).toEqual(lines)
  })

  it('come back when years lie between them', () => {
    const lines: Line[] = [0, 1, 20_000_000, 1_763_942_400].map((seconds, i) => ({
      seconds,
      nanos: i,
      flags: 0,
      ordinal: 0,
      text: `line ${i}`,
    }))
    const messages = toLogLines(batchOf(lines))
    expect(messages.map(countLines)).toEqual([2, 1, 1])
    expect(read(messages)).toEqual(lines)
  })

  it('say nothing when there are none', () => {
    expect(toLogLines(new LineBatch())).toEqual([])
  })
})

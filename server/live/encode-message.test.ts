import { expect, it } from 'vitest'
import { readTextEvent } from '#lib/api/live'
import { SseParser } from '#lib/api/sse'
import { LineBatch } from '#lib/logs/line-batch'
import { packLines, unpacked } from '#lib/logs/wire'
import { EncodedJson, encodeMessage, MessageWithText } from './encode-message.ts'

const encoder = new TextEncoder()

function batchOf(texts: (string | Uint8Array)[]): LineBatch {
  const batch = new LineBatch()
  texts.forEach((text, index) => {
    const bytes = typeof text === 'string' ? encoder.encode(text) : text
    const line = { flags: index % 2, seconds: 1_700_000_000, nanos: index, ordinal: 0, droppedBytes: 0 }
    batch.line(line, bytes, 0, bytes.length)
  })
  return batch
}

/** What a browser gets of a message, its bytes cut at every place that a connection may cut them. */
function read(event: Uint8Array, pieceBytes: number): unknown[] {
  const parser = new SseParser()
  const decoder = new TextDecoder()
  const messages: unknown[] = []
  for (let at = 0; at < event.length; at += pieceBytes)
    for (const { event: name, data } of parser.push(
      decoder.decode(event.subarray(at, at + pieceBytes), { stream: true }),
    ))
      messages.push(name === 'text' ? readTextEvent(data) : JSON.parse(data))
  return messages
}

const hostile = [
  '',
  ' two spaces before',
  'data: looks like a field',
  'event: bye',
  '{"json": "with \\"quotes\\""}',
  '\u0000 nul, \u001b[31mred\u001b[0m, \u2028 separator, 𝒳',
  '',
]

it.each([1, 7, 1_000])('gives lines as they are, in pieces of %d bytes', (pieceBytes) => {
  const batch = batchOf([...hostile, new Uint8Array([0xff, 0xfe, 0x41, 0xe2, 0x82])])
  const [packed] = packLines(batch)
  if (!packed) throw new Error('no message')
  expect(MessageWithText.fits(batch)).toBe(true)
  const event = encodeMessage('a "key"', new MessageWithText(packed.head, batch))
  expect(read(event, pieceBytes)).toEqual([{ key: 'a "key"', data: { ...unpacked(packed) } }])
})

it('gives one empty line as one', () => {
  const [packed] = packLines(batchOf(['']))
  if (!packed) throw new Error('no message')
  const event = encodeMessage('k', new MessageWithText(packed.head, packed.batch))
  expect(read(event, 5)).toEqual([{ key: 'k', data: { ...unpacked(packed), text: '' } }])
})

it('does not send a carriage return as text: it would end a field', () => {
  expect(MessageWithText.fits(batchOf(['10 %\r20 %']))).toBe(false)
  // Behind the text there may be anything.
  const batch = batchOf(['longer than the line behind it', 'x'])
  batch.bytes.fill(13, batch.length)
  expect(MessageWithText.fits(batch)).toBe(true)
})

it('sends what already is JSON as it is', () => {
  expect(read(encodeMessage('k', new EncodedJson('{"a":1}')), 4)).toEqual([{ key: 'k', data: { a: 1 } }])
  expect(read(encodeMessage('k', { b: ['é'] }), 4)).toEqual([{ key: 'k', data: { b: ['é'] } }])
})

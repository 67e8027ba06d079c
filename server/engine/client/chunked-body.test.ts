import { describe, expect, it } from 'vitest'
import { ChunkedBody } from './chunked-body.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

function chunked(...parts: string[]): Uint8Array {
  const sizes = parts.map((part) => `${encoder.encode(part).length.toString(16)}\r\n${part}\r\n`)
  return encoder.encode(`${sizes.join('')}0\r\n\r\n`)
}

function unwrap(pieces: Uint8Array[]): { text: string; isOver: boolean } {
  const body = new ChunkedBody()
  let text = ''
  for (const piece of pieces) {
    const own = piece.slice()
    text += decoder.decode(own.subarray(0, body.unwrap(own)))
  }
  return { text, isOver: body.isOver }
}

describe('ChunkedBody', () => {
  const parts = ['one line\n', 'x'.repeat(300), '\r\n', '0\r\n\r\n', 'last']
  const bytes = chunked(...parts)

  it('gives the body, whatever is in it', () => {
    expect(unwrap([bytes])).toEqual({ text: parts.join(''), isOver: true })
  })

  it('gives the same when cut in two at every offset, and byte by byte', () => {
    for (let at = 0; at <= bytes.length; at += 1)
      expect(unwrap([bytes.subarray(0, at), bytes.subarray(at)])).toEqual({
        text: parts.join(''),
        isOver: true,
      })
    expect(unwrap([...bytes].map((byte) => Uint8Array.of(byte))).text).toBe(parts.join(''))
  })

  it('is not over before the last chunk', () => {
    expect(unwrap([bytes.subarray(0, bytes.length - 2)]).isOver).toBe(false)
  })

  it('takes capital letters, extensions and trailers', () => {
    expect(unwrap([encoder.encode('A;name=1\r\n0123456789\r\n0\r\nX-Done: yes\r\n\r\n')])).toEqual({
      text: '0123456789',
      isOver: true,
    })
  })

  it('refuses what is no chunk', () => {
    expect(new ChunkedBody().unwrap(encoder.encode('hello\r\n'))).toBe(-1)
    expect(new ChunkedBody().unwrap(encoder.encode('ffffffffff\r\n'))).toBe(-1)
    expect(new ChunkedBody().unwrap(encoder.encode('1\r\nab\r\n'))).toBe(-1)
  })
})

import { describe, expect, it } from 'vitest'
import { ReplayBuffer } from './replay-buffer.ts'

const bytes = (text: string) => new Uint8Array(Buffer.from(text))
const shown = (buffer: ReplayBuffer) =>
  Buffer.concat([buffer.restore(), buffer.read(buffer.start, 1_000_000)]).toString()

describe('ReplayBuffer', () => {
  it('gives back every byte while there is room', () => {
    const buffer = new ReplayBuffer(100)
    buffer.append(bytes('hello '))
    buffer.append(bytes('world'))
    expect(shown(buffer)).toBe('hello world')
    expect(Buffer.from(buffer.read(3, 5)).toString()).toBe('lo wo')
    expect(buffer.read(11, 5)).toHaveLength(0)
  })

  it('forgets the oldest and keeps counting', () => {
    const buffer = new ReplayBuffer(4)
    buffer.append(bytes('abcdef'))
    buffer.append(bytes('gh'))
    expect([buffer.start, buffer.end]).toEqual([4, 8])
    expect(shown(buffer)).toBe('efgh')
  })

  it('never cuts inside a character or a sequence, wherever the chunks end', () => {
    const text = 'ab\x1b[1;31mé€🙂\x1b]2;title\x1b\\x\x1bPqstuff\x1b\\y\x1b(0z'
    const whole = bytes(text)
    for (let size = 1; size < whole.length; size += 1) {
      for (let capacity = 1; capacity <= whole.length; capacity += 1) {
        const buffer = new ReplayBuffer(capacity)
        for (let at = 0; at < whole.length; at += size) buffer.append(whole.subarray(at, at + size))
        const kept = Buffer.from(buffer.read(buffer.start, 1000)).toString()
        expect(kept).not.toContain('�')
        expect(text.endsWith(kept)).toBe(true)
        const before = text.slice(0, text.length - kept.length)
        // The text before the cut is whole: no open escape sequence at its end.
        expect(before).not.toMatch(/\x1b$|\x1b\[[\d;]*$|\x1b\($|\x1b[\]P][^\x07\x1b]*\x1b?$/)
      }
    }
  })

  it('says again what the forgotten part set for good', () => {
    const buffer = new ReplayBuffer(2)
    buffer.append(
      bytes('\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?2004l\x1b[2;20r\x1b[0m\x1b[1m\x1b[32mtext\x1b]0;vim\x07xy'),
    )
    expect(shown(buffer)).toBe('\x1b[?1049h\x1b[?25l\x1b[?2004l\x1b[2;20r\x1b[1m\x1b[32m\x1b]2;vim\x07xy')
  })

  it('forgets what was reset', () => {
    const buffer = new ReplayBuffer(1)
    buffer.append(bytes('\x1b[?1049h\x1b[31m\x1bcx'))
    expect(shown(buffer)).toBe('x')
  })

  it('keeps no query: an old question is not asked again', () => {
    const buffer = new ReplayBuffer(1)
    buffer.append(bytes('\x1b[c\x1b[6n\x1b[>c\x1bP$qm\x1b\\\x1b]10;?\x07x'))
    expect(shown(buffer)).toBe('x')
  })

  it('swallows an endless sequence without growing', () => {
    const buffer = new ReplayBuffer(1000)
    buffer.append(bytes('\x1b]2;'))
    for (let i = 0; i < 1000; i += 1) buffer.append(bytes('x'.repeat(1000)))
    expect(buffer.restore().length).toBeLessThan(200)
    expect(buffer.end - buffer.start).toBeLessThanOrEqual(1000)
  })
})

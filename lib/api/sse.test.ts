import { expect, it } from 'vitest'
import { encodeSse, type SseEvent, SseParser } from './sse.ts'

const stream = `: hello\n\nevent: logs\nid: 7\ndata: {"a":1}\n\ndata: first\r\ndata: second\r\n\r\nretry: 5\n\n${encodeSse('end', '{}')}`
const events: SseEvent[] = [
  { event: 'logs', data: '{"a":1}', id: '7' },
  { event: 'message', data: 'first\nsecond', id: '7' },
  { event: 'end', data: '{}', id: '7' },
]

it('reads the same events wherever the text is cut', () => {
  for (let cut = 0; cut <= stream.length; cut += 1) {
    const parser = new SseParser()
    expect([...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]).toEqual(events)
  }
})

it('keeps an unfinished event back', () => {
  expect(new SseParser().push('event: logs\ndata: {}\n')).toEqual([])
})

it('cannot be fooled by a line that looks like a field', () => {
  const [event] = new SseParser().push(encodeSse('logs', JSON.stringify({ text: '\n\nevent: bye\ndata: x' })))
  expect(event?.event).toBe('logs')
  expect(JSON.parse(event?.data ?? '')).toEqual({ text: '\n\nevent: bye\ndata: x' })
})

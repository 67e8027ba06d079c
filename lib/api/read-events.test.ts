import { expect, it } from 'vitest'
import { readEvents } from './read-events.ts'

const text = ':\n\ndata: {"a":"grüße"}\n\nid: 7\ndata: [1,\ndata: 2]\n\ndata: "cut'

function streamOf(chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

it('reads the same messages wherever the bytes are split, and drops a cut one', async () => {
  const bytes = new TextEncoder().encode(text)
  for (let at = 0; at <= bytes.length; at += 1) {
    const read: unknown[] = []
    for await (const message of readEvents(streamOf([bytes.slice(0, at), bytes.slice(at)])))
      read.push(message)
    expect(read).toEqual([{ a: 'grüße' }, [1, 2]])
  }
})

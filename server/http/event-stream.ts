import 'server-only'
import { encodeSse } from '#lib/api/sse'

const encoder = new TextEncoder()
const heartbeatMs = 15_000

/**
 * Answers with an event stream: one `message` event of JSON for each message, pulled no faster than the browser reads. When the
 * browser goes away the source is returned, which ends what it follows.
 */
export function eventStream(messages: AsyncIterable<unknown>): Response {
  const iterator = messages[Symbol.asyncIterator]()
  let heartbeat: ReturnType<typeof setInterval> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      // Proxies close what is silent; a comment is nothing to the reader.
      heartbeat = setInterval(() => {
        if ((controller.desiredSize ?? 0) > 0) controller.enqueue(encoder.encode(':\n\n'))
      }, heartbeatMs)
    },
    async pull(controller) {
      const next = await iterator.next()
      if (next.done) {
        clearInterval(heartbeat)
        controller.close()
      } else controller.enqueue(encoder.encode(encodeSse('message', JSON.stringify(next.value))))
    },
    async cancel() {
      clearInterval(heartbeat)
      await iterator.return?.()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  })
}

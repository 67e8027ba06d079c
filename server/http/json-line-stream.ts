import 'server-only'
import { streamResponse } from './compressed.ts'

const encoder = new TextEncoder()

/**
 * Answers with one line of JSON for each item, pulled no faster than the browser reads. When the browser goes away
 * `leaving` aborts and the source is returned.
 */
export function jsonLineStream(
  request: Request,
  items: AsyncGenerator<unknown>,
  leaving: AbortController,
): Response {
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = await items.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`))
    },
    cancel: async () => {
      leaving.abort()
      await items.return(undefined)
    },
  })
  return streamResponse(request, body, {
    'content-type': 'application/x-ndjson; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  })
}

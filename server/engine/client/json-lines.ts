import 'server-only'
import type { Readable } from 'node:stream'

const maxLineChars = 4_194_304

/** Each line of a stream as parsed JSON, until it ends or `signal` aborts (then without an error). Throws what the stream threw. */
export async function* readJsonLines(stream: Readable, signal: AbortSignal): AsyncGenerator<unknown> {
  const stop = (): void => void stream.destroy()
  // docker-modem's abort emits an error even when nobody reads any more.
  stream.on('error', () => undefined)
  signal.addEventListener('abort', stop, { once: true })
  stream.setEncoding('utf8')
  let rest = ''
  try {
    if (signal.aborted) return
    for await (const chunk of stream) {
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > maxLineChars) throw new Error('A line of the Engine is longer than 4 MiB.')
      for (const line of lines) if (line.trim() !== '') yield JSON.parse(line)
    }
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    signal.removeEventListener('abort', stop)
    stream.destroy()
  }
}

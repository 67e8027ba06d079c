import 'server-only'
import type { EngineSnapshot } from '#lib/docker/engine'
import { watchState } from '#server/engine/model/live-model'
import { processWide } from '#server/process-wide'
import { EncodedJson } from './encode-message.ts'

/** The live model as messages; a snapshot is encoded once for all who ask between two changes. */
export async function* watchEncodedState(options: { signal: AbortSignal }): AsyncGenerator<unknown> {
  const encoded = processWide('live.snapshots', () => new WeakMap<EngineSnapshot, EncodedJson>())
  for await (const message of watchState(options)) {
    if ('since' in message) yield message
    else {
      const text = encoded.get(message) ?? new EncodedJson(JSON.stringify(message))
      encoded.set(message, text)
      yield text
    }
  }
}

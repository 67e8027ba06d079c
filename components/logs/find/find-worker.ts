import type { FindAnswer, FindTask } from './find-client.ts'
import type { CompiledLookup } from './lookup.ts'
import { markLines } from './mark-lines.ts'
import { type FoundRange, rangesOfAll } from './pattern.ts'

let lookup: CompiledLookup = { patterns: [], fields: [] }

/** Runs people's patterns away from the page; whoever started it ends it when it takes too long. */
self.onmessage = ({ data }: MessageEvent<FindTask>) => {
  if (data.kind === 'lookup') {
    lookup = data.lookup
    return
  }
  const ranges: FoundRange[] = data.kind === 'ranges' ? rangesOfAll(data.text, lookup.patterns) : []
  const found = data.kind === 'mark' ? markLines(data, lookup) : new Uint8Array(0)
  const answer: FindAnswer = { taskId: data.taskId, found, ranges }
  self.postMessage(answer, { transfer: [found.buffer] })
}

import { stripAnsi } from '#lib/logs/ansi'
import type { FindAnswer, FindTask } from './find-client.ts'
import { rangesIn } from './pattern.ts'

const decoder = new TextDecoder()

/** Runs people's patterns away from the page; whoever started it ends it when it takes too long. */
self.onmessage = ({ data }: MessageEvent<FindTask>) => {
  const answer: FindAnswer = { taskId: data.taskId, ids: [], ranges: [] }
  if (data.kind === 'ranges') answer.ranges = rangesIn(data.text, data)
  else {
    const pattern = new RegExp(data.source, data.flags)
    data.ids.forEach((id, index) => {
      const text = stripAnsi(decoder.decode(data.bytes.subarray(data.from[index], data.to[index])))
      if (pattern.test(text)) answer.ids.push(id)
    })
  }
  self.postMessage(answer)
}

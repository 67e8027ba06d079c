import { stripAnsi } from '#lib/logs/ansi'
import type { SearchAnswer, SearchTask } from './search-client.ts'

const decoder = new TextDecoder()

/** Runs people's patterns away from the page; whoever started it ends it when it takes too long. */
self.onmessage = ({ data }: MessageEvent<SearchTask>) => {
  const { taskId, source, flags } = data
  const answer: SearchAnswer = { taskId, ids: [], ranges: [] }
  if (data.kind === 'test') {
    const pattern = new RegExp(source, flags)
    data.ids.forEach((id, index) => {
      const text = stripAnsi(decoder.decode(data.bytes.subarray(data.from[index], data.to[index])))
      if (pattern.test(text)) answer.ids.push(id)
    })
  } else {
    const pattern = new RegExp(source, `${flags}g`)
    for (const match of data.text.matchAll(pattern)) {
      if (answer.ranges.length >= 200) break
      if (match[0].length > 0) answer.ranges.push([match.index, match.index + match[0].length])
    }
  }
  self.postMessage(answer)
}

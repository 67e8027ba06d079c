import 'server-only'
import { parentPort, workerData } from 'node:worker_threads'
import { LineMatcher } from '#lib/logs/search/matcher'
import type { LogQuery } from '#lib/logs/search/query'
import { matchableLines } from '#lib/logs/search/wire-lines'
import type { LogLines } from '#lib/logs/wire'

// Looks at one message after the other; whoever started it ends it when a pattern takes too long.
const matcher = new LineMatcher(workerData as LogQuery)
parentPort?.on('message', (message: LogLines) => {
  parentPort?.postMessage(matcher.match(matchableLines(message)))
})

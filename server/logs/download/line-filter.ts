import 'server-only'
import type { Worker } from 'node:worker_threads'
import { CodedError } from '#lib/api/errors'
import { type Hits, LineMatcher } from '#lib/logs/search/matcher'
import type { LogQuery } from '#lib/logs/search/query'
import { matchableLines } from '#lib/logs/search/wire-lines'
import type { LogLines } from '#lib/logs/wire'
import { startThread } from '#server/thread-file'
import { patienceMs, runawayWords } from '../search/runaway.ts'

/** Which lines of a message go into the file. One message at a time. */
export interface LineFilter {
  /** Throws `bad_request` when the pattern takes too long. */
  match: (message: LogLines) => Promise<Hits>
  close: () => void
}

/** People's regular expressions run in a thread of their own; a plain text takes no longer than the lines are long. */
export function lineFilter(query: LogQuery): LineFilter {
  if (query.isRegex && query.text !== '') return new ThreadFilter(query)
  const matcher = new LineMatcher(query)
  return { match: async (message) => matcher.match(matchableLines(message)), close: () => undefined }
}

class ThreadFilter implements LineFilter {
  readonly #worker: Worker

  constructor(query: LogQuery) {
    this.#worker = startThread('server/logs/download/filter-thread.ts', { workerData: query })
    this.#worker.unref()
  }

  match(message: LogLines): Promise<Hits> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.close()
        done(() => reject(new CodedError('bad_request', runawayWords)))
      }, startMs + patienceMs())
      const onAnswer = (hits: Hits): void => done(() => resolve(hits))
      const onError = (error: Error): void => done(() => reject(error))
      const done = (settle: () => void): void => {
        clearTimeout(timer)
        this.#worker.off('message', onAnswer).off('error', onError)
        settle()
      }
      this.#worker.on('message', onAnswer).on('error', onError)
      this.#worker.postMessage(message)
    })
  }

  close(): void {
    void this.#worker.terminate()
  }
}

/** A thread needs this long to begin, on a machine that is not busy. */
const startMs = 1_000

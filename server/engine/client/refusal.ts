import 'server-only'
import type Docker from 'dockerode'
import { type CodedError, errorCode } from '#lib/api/errors'
import { callEngine } from './client.ts'
import { type EngineNoun, engineMessage, engineStatusCode, toEngineError } from './errors.ts'

/**
 * One call whose refusals get words of our own: the Engine answers several of them with one status and tells
 * them apart by text only. `wordsFor` gets that text; null leaves the general words.
 */
export async function callWithWords<Value>(
  noun: EngineNoun,
  run: (docker: Docker) => Promise<Value>,
  wordsFor: (message: string) => CodedError | null | Promise<CodedError | null>,
  options: { deadlineMs?: number } = {},
): Promise<Value> {
  return callEngine(
    async (docker) => {
      try {
        return await run(docker)
      } catch (error) {
        if (errorCode(error) || engineStatusCode(error) === null) throw error
        throw (await wordsFor(engineMessage(error))) ?? toEngineError(error, noun)
      }
    },
    { noun, ...options },
  )
}

import 'server-only'
import { type IncomingMessage, request } from 'node:http'
import type { engineAddress } from './client.ts'
import { type EngineNoun, toEngineError } from './errors.ts'

/** Plain data: it goes to threads too. */
export type EngineAddress = ReturnType<typeof engineAddress>

/** A GET to the Engine, its answer as it comes and whatever its status. Not dockerode: threads have their own connection, and nothing is buffered. */
export function openEngine(
  address: EngineAddress,
  path: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const { socketPath, host, port } = address
    const call = request({ socketPath, host, port, path, signal, agent: false }, resolve)
    call.on('error', reject)
    call.end()
  })
}

/** The same where only 200 will do; throws the Engine's problem, `image_not_found` and its like where `noun` says so. */
export async function readEngine(
  address: EngineAddress,
  path: string,
  options: { signal: AbortSignal; noun?: EngineNoun },
): Promise<IncomingMessage> {
  const answer = await openEngine(address, path, options.signal).catch((error: unknown) => {
    throw toEngineError(error)
  })
  if (answer.statusCode === 200) return answer
  const message = await readMessage(answer)
  const refusal = Object.assign(new Error(message), { statusCode: answer.statusCode, json: { message } })
  throw toEngineError(refusal, options.noun)
}

/** The words of an answer that is no success. */
export async function readMessage(answer: AsyncIterable<unknown>): Promise<string> {
  let text = ''
  for await (const chunk of answer) text = (text + String(chunk)).slice(0, 4096)
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null && 'message' in body) return String(body.message)
  } catch {
    // Not JSON: a proxy's own words.
  }
  return text.trim()
}

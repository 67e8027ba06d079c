import 'server-only'
import { CodedError, errorCode } from '#lib/api/errors'
import { repositoryAndTag } from '#lib/docker/images/image-reference'
import { type EngineProgress, type PullLayer, readLayer } from '#lib/images/pull-progress'
import { credentialsFor } from '#server/registries/registries'
import { streamClient } from '../client/client.ts'
import { engineMessage, engineProblem, engineStatusCode, toEngineError } from '../client/errors.ts'

/** A progress line is a few hundred bytes; more than this is not the Engine talking. */
const maxLineBytes = 1 << 20

/**
 * Pulls an image; resolves when it is here, with whether it is another than before. `onLayer` hears of each change of a layer. Throws
 * `image_not_found`, `registry_unreachable`, `engine_error`; aborting `signal` cancels the pull in the Engine too, and it throws.
 * Source: `POST /images/create`.
 */
export async function pullImage(
  reference: string,
  { signal, onLayer }: { signal: AbortSignal; onLayer: (layer: PullLayer) => void },
): Promise<{ isNew: boolean }> {
  const target = repositoryAndTag(reference)
  if (!target) throw new CodedError('bad_request', 'reference: This is not an image reference.')
  const query = { fromImage: target.repository, tag: target.tag }
  try {
    const authconfig = credentialsFor(reference)
    const options = { _query: query, abortSignal: signal, ...(authconfig ? { authconfig } : {}) }
    return await follow(await streamClient().createImage(options as object), onLayer)
  } catch (error) {
    throw toPullError(error, reference)
  }
}

async function follow(
  stream: NodeJS.ReadableStream,
  onLayer: (layer: PullLayer) => void,
): Promise<{ isNew: boolean }> {
  const known = new Map<string, PullLayer>()
  let isNew = false
  for await (const line of readJsonLines(stream)) {
    if (line.error) throw new Error(line.error)
    if (line.status?.startsWith('Status: Downloaded newer image')) isNew = true
    const layer = readLayer(line, line.id ? known.get(line.id) : undefined)
    if (!layer) continue
    known.set(layer.id, layer)
    onLayer(layer)
  }
  return { isNew }
}

/** Line by line; one that is not JSON is passed over. */
async function* readJsonLines(stream: NodeJS.ReadableStream): AsyncGenerator<EngineProgress> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream) {
    const parts = (rest + decoder.decode(chunk as unknown as Uint8Array, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > maxLineBytes) throw new Error('the Engine sent a line without an end')
    yield* parts.flatMap(parseLine)
  }
  yield* parseLine(rest)
}

function parseLine(text: string): EngineProgress[] {
  if (text.trim() === '') return []
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? [value as EngineProgress] : []
  } catch {
    return []
  }
}

/** The Engine tells a registry's refusals apart by their text only. */
function toPullError(error: unknown, reference: string): CodedError {
  if (errorCode(error) || (engineProblem(error) && engineStatusCode(error) === null))
    return toEngineError(error)
  const message = engineMessage(error)
  if (
    /manifest unknown|manifest for .* not found|not found: manifest|name unknown|no such image/i.test(message)
  )
    return new CodedError('image_not_found', `The registry has no ${reference}.`, {
      hint: 'Check the name and the tag.',
      cause: error,
    })
  if (/access denied|unauthorized|authentication required|no basic auth|denied:/i.test(message))
    return new CodedError('image_not_found', `The registry does not give ${reference} to a stranger.`, {
      hint: `It does not exist, or needs a sign-in: run docker login and docker pull ${reference} in a terminal.`,
      cause: error,
    })
  if (/toomanyrequests|rate limit/i.test(message))
    return new CodedError('registry_unreachable', 'The registry allows no more pulls for now.', {
      hint: 'Wait a while, or sign in to it with docker login.',
      cause: error,
    })
  if (/no matching manifest|does not match the specified platform/i.test(message))
    return new CodedError('image_not_found', `${reference} is not built for this machine.`, {
      hint: 'Choose a tag that is built for its processor.',
      cause: error,
    })
  if (/no space left/i.test(message))
    return new CodedError('engine_error', 'The disk of the Engine is full.', {
      hint: 'Remove images nobody uses, then pull again.',
      cause: error,
    })
  const where = /(?:dial tcp|lookup|Get "?https?:\/\/)\s*([^\s":/]+(?::\d+)?)/.exec(message)?.[1]
  if (
    /dial tcp|lookup |no such host|connection refused|timeout|TLS|x509|EOF|connection reset|server gave HTTP/i.test(
      message,
    )
  )
    return new CodedError(
      'registry_unreachable',
      `The registry${where ? ` ${where}` : ''} cannot be reached.`,
      {
        hint: `Docker said: ${message.slice(0, 300)}. Check the name of the registry and the network of this machine.`,
        cause: error,
      },
    )
  return toEngineError(error, 'image')
}

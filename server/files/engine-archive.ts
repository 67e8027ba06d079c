import 'server-only'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CodedError, errorCode } from '#lib/api/errors'
import { callEngine, engineAddress } from '#server/engine/client/client'
import { engineMessage, toEngineError } from '#server/engine/client/errors'

/** What the Engine says of one path without reading it. */
export interface PathStat {
  name: string
  sizeBytes: number
  /** Go's FileMode: the type in the high bits, permissions in the low ones. */
  mode: number
  modifiedAtMs: number
  /** Where a link leads after all links on the way, inside; empty for all else. */
  linkTarget: string
}

const answerDeadlineMs = 30_000

/** True for Go's FileMode of a folder or of a symbolic link. */
export const isFolderMode = (mode: number): boolean => (mode & 0x8000_0000) !== 0
export const isLinkMode = (mode: number): boolean => (mode & 0x0800_0000) !== 0

/** `HEAD /containers/{id}/archive`. Throws `not_found` when there is no such path. */
export async function statPath(containerId: string, path: string): Promise<PathStat> {
  return callEngine(
    async (docker) => {
      const response = await open('HEAD', containerId, path, undefined).catch(async (error: unknown) => {
        // A HEAD does not say what is missing: the container itself, perhaps.
        if (errorCode(error) === 'not_found') await docker.getContainer(containerId).inspect()
        throw error
      })
      response.resume()
      const header = response.headers['x-docker-container-path-stat']
      if (typeof header !== 'string') throw noSuchPath(path)
      const raw = JSON.parse(Buffer.from(header, 'base64').toString()) as {
        name: string
        size: number
        mode: number
        mtime: string
        linkTarget: string
      }
      return {
        name: raw.name,
        sizeBytes: raw.size,
        mode: raw.mode,
        modifiedAtMs: Date.parse(raw.mtime),
        linkTarget: raw.linkTarget,
      }
    },
    { noun: 'container' },
  )
}

/** `GET /containers/{id}/archive`: a tar of the path; destroy it when enough was read. Throws `not_found`. */
export async function openArchive(
  containerId: string,
  path: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  try {
    return await open('GET', containerId, path, signal)
  } catch (error) {
    throw isOurs(error) ? error : toEngineError(error)
  }
}

/** `PUT /containers/{id}/archive`: unpacks a tar into a folder, a file never over a folder or the other way round. Resolves when the Engine has written it. */
export async function putArchive(
  containerId: string,
  folder: string,
  tar: Readable,
  signal: AbortSignal,
): Promise<void> {
  const query = `path=${encodeURIComponent(folder)}&noOverwriteDirNonDir=1`
  const { call, answer } = start('PUT', `/containers/${containerId}/archive?${query}`, signal, {
    'content-type': 'application/x-tar',
  })
  try {
    const [response] = await Promise.all([
      answer,
      pipeline(tar, call, { signal }).catch((error: unknown) => {
        // The Engine may answer, and stop reading, before all was sent: its answer says why.
        if (!isBroken(error)) {
          call.destroy()
          throw error
        }
      }),
    ])
    await requireOk(response, folder)
    response.resume()
  } catch (error) {
    throw isOurs(error) ? error : toEngineError(error)
  }
}

async function open(
  method: 'GET' | 'HEAD',
  containerId: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage> {
  const { call, answer } = start(
    method,
    `/containers/${containerId}/archive?path=${encodeURIComponent(path)}`,
    signal,
  )
  call.setTimeout(answerDeadlineMs, () => call.destroy(new Error('socket hang up')))
  call.end()
  const response = await answer
  call.setTimeout(0)
  await requireOk(response, path)
  return response
}

function start(
  method: string,
  path: string,
  signal: AbortSignal | undefined,
  headers: Record<string, string> = {},
): { call: ClientRequest; answer: Promise<IncomingMessage> } {
  const call = request({
    ...engineAddress(),
    method,
    path,
    headers: { ...headers, connection: 'close' },
    ...(signal ? { signal } : {}),
  })
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    call.once('response', resolve)
    call.once('error', reject)
  })
  // Whoever waits for the answer hears of it; an answer nobody waits for any more is no fault.
  answer.catch(() => undefined)
  call.on('error', () => undefined)
  return { call, answer }
}

async function requireOk(response: IncomingMessage, path: string): Promise<void> {
  const status = response.statusCode ?? 0
  if (status < 300) return
  const text = await readText(response)
  if (status === 404) throw /no such container/i.test(text) ? gone(text) : noSuchPath(path)
  if (/read-only|readonly/i.test(text))
    throw new CodedError('conflict', `${path} is mounted read-only, or the container's own files are.`, {
      hint: 'Write to another folder, or make the container again without read-only.',
    })
  if (/cannot overwrite|not a directory|extraction point is not a directory/i.test(text))
    throw new CodedError('conflict', 'A folder cannot be replaced by a file, nor a file by a folder.', {
      hint: 'Choose another name.',
    })
  if (/no space left/i.test(text))
    throw new CodedError('engine_error', 'The disk of the Engine is full.', {
      hint: 'What was written before stays.',
    })
  throw toEngineError({ statusCode: status, json: { message: text } })
}

const noSuchPath = (path: string): CodedError =>
  new CodedError('not_found', `There is no ${path} here.`, {
    hint: 'It may have been moved or removed since: look at the folder again.',
  })

const gone = (text: string): CodedError =>
  new CodedError('container_not_found', engineMessage({ json: { message: text } }), {
    hint: 'It may have been removed: look at the list of containers.',
  })

async function readText(response: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of response) {
    text += String(chunk)
    if (text.length > 8192) break
  }
  try {
    return String((JSON.parse(text) as { message?: string }).message ?? text)
  } catch {
    return text
  }
}

function isBroken(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
  return code === 'EPIPE' || code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE'
}

const isOurs = (error: unknown): boolean => errorCode(error) !== null

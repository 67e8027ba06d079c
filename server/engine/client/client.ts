import 'server-only'
import Docker, { type DockerOptions } from 'dockerode'
import { request } from 'node:http'
import { CodedError } from '#lib/api/errors'
import { currentEnv, readEnv } from '#server/env'
import { processWide } from '#server/process-wide'
import { rememberAsked } from './dial.ts'
import { EngineAgent } from './engine-agent.ts'
import { onlyReading } from './read-only-client.ts'
import { EngineAwayError, type EngineNoun, toEngineError } from './errors.ts'

const defaultDeadlineMs = 10_000
const maxInFlight = 32
const maxWaiting = 512

interface Address {
  socketPath: string | undefined
  host: string | undefined
  port: number | undefined
}

interface Gate {
  inFlight: number
  waiting: (() => void)[]
  /** Why the Engine is away, as the live model saw it last; calls fail at once instead of waiting for a deadline. */
  away: EngineAwayError | null
}

const gate = (): Gate => processWide('engine.gate', () => ({ inFlight: 0, waiting: [], away: null }))

/** Where the Engine is, from DOCKER_HOST: `unix:///path` or `tcp://host:port` / `http://host:port` (a socket proxy). */
export function engineAddress(dockerHost: string = readEnv().dockerHost): Address {
  if (dockerHost.startsWith('unix://'))
    return { socketPath: dockerHost.slice('unix://'.length), host: undefined, port: undefined }
  if (dockerHost.startsWith('/')) return { socketPath: dockerHost, host: undefined, port: undefined }
  const url = URL.parse(dockerHost.replace(/^tcp:/, 'http:'))
  if (url?.protocol !== 'http:')
    throw new Error(`DOCKER_HOST must be unix:///path or http://host:port, not "${dockerHost}"`)
  return { socketPath: undefined, host: url.hostname, port: Number(url.port || 2375) }
}

/** A client of its own deadline, in milliseconds without a byte; 0 means none. Paths carry no version: the Engine's newest. */
function createClient(deadlineMs: number): Docker {
  // dockerode's types leave the agent out; its modem takes one.
  const options: DockerOptions & { agent: EngineAgent } = {
    ...engineAddress(),
    protocol: 'http',
    agent: processWide('engine.agent', () => new EngineAgent()),
    ...(deadlineMs ? { timeout: deadlineMs } : {}),
  }
  const docker = new Docker(options)
  return rememberAsked(currentEnv().isReadOnly ? onlyReading(docker) : docker)
}

/** The client for streams (events, logs, stats, exec, attach, pull). It has no deadline: one would end a silent stream. */
export function streamClient(): Docker {
  return processWide('engine.streams', () => createClient(0))
}

/**
 * One call to the Engine with a deadline (10 s unless told), at most 32 at once. Throws CodedErrors only
 * (`container_not_found` for a 404 when `noun` says so); at once `engine_unreachable` while the Engine is known to be away.
 */
export async function callEngine<Value>(
  run: (docker: Docker) => Promise<Value>,
  options: { noun?: EngineNoun; deadlineMs?: number; evenIfAway?: boolean } = {},
): Promise<Value> {
  const { away } = gate()
  if (away && !options.evenIfAway) throw away
  await enter()
  try {
    const deadlineMs = options.deadlineMs ?? defaultDeadlineMs
    const docker =
      deadlineMs === defaultDeadlineMs
        ? processWide('engine.calls', () => createClient(defaultDeadlineMs))
        : createClient(deadlineMs)
    return await run(docker)
  } catch (error) {
    throw toEngineError(error, options.noun)
  } finally {
    leave()
  }
}

async function enter(): Promise<void> {
  const state = gate()
  if (state.inFlight < maxInFlight) {
    state.inFlight += 1
    return
  }
  if (state.waiting.length >= maxWaiting)
    throw new CodedError('engine_timeout', 'Docker is answering too slowly; too many calls are waiting.', {
      hint: 'Wait a moment and try again.',
    })
  await new Promise<void>((resolve) => state.waiting.push(resolve))
}

function leave(): void {
  const state = gate()
  const next = state.waiting.shift()
  // The place is handed over, so inFlight stays as it is.
  if (next) next()
  else state.inFlight -= 1
}

/** How many calls wait for an answer right now. */
export function callsInFlight(): number {
  return gate().inFlight
}

/** Said by the live model: calls fail at once with `error` until it says null. */
export function setAway(error: EngineAwayError | null): void {
  gate().away = error
}

/**
 * `GET /_ping`: the API version of the Engine's `Api-Version` header. Throws EngineAwayError: nothing there, not an Engine,
 * no answer within `timeoutMs`, or older than API 1.41.
 */
export async function ping(timeoutMs: number): Promise<{ apiVersion: string }> {
  const apiVersion = await new Promise<string>((resolve, reject) => {
    const call = request(
      // A connection of its own: one that was kept open would not notice a socket that was replaced.
      { ...engineAddress(), path: '/_ping', agent: false },
      (response) => {
        response.resume()
        const version = response.headers['api-version']
        const status = response.statusCode ?? 0
        if (typeof version === 'string' && /^\d+\.\d+$/.test(version) && status < 500) resolve(version)
        else if (status >= 500 && version) reject(new EngineAwayError('not_answering', `HTTP ${status}`))
        else reject(new EngineAwayError('not_an_engine', `HTTP ${status}`))
      },
    )
    // A turn later: where it was this process that was busy, the answer lies in the socket.
    call.setTimeout(timeoutMs, () =>
      setImmediate(() => call.destroy(new EngineAwayError('not_answering', `no answer in ${timeoutMs} ms`))),
    )
    call.on('error', (error) => reject(toEngineError(error)))
    call.end()
  })
  const [major = 0, minor = 0] = apiVersion.split('.').map(Number)
  if (major < 1 || (major === 1 && minor < 41)) throw new EngineAwayError('too_old', `API ${apiVersion}`)
  return { apiVersion }
}

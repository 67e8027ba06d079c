import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode } from '#lib/api/errors'
import type { Container } from '#lib/docker/containers/container'
import { log } from '#server/log'
import { callEngine, ping, setAway } from '../client/client.ts'
import { listContainers } from '../containers/containers.ts'
import { EngineAwayError, engineProblem } from '../client/errors.ts'
import { type EngineEvent, openEvents } from './events.ts'
import { listImages } from '../images/images.ts'
import { listNetworks } from '../networks/networks.ts'
import { Refresher } from './refresh.ts'
import type { EngineModel } from './state.ts'
import { listVolumes } from '../volumes/volumes.ts'

const pingTimeoutMs = 3_000
/**
 * A frozen or stopping Engine keeps its streams open: only a question tells. While someone looks, question and patience
 * together take no more than the 2 s after which the page says it.
 */
const questions = {
  watched: { everyMs: 500, timeoutMs: 1_500 },
  alone: { everyMs: 5_000, timeoutMs: pingTimeoutMs },
}
const reconcileEveryMs = 60_000
const firstRetryMs = 250
const longestRetryMs = { watched: 2_000, alone: 5_000 }

/** Keeps `model` equal to the Engine until `signal` aborts: events first, then lists, then events applied; again after any gap. */
export async function keepInSync(model: EngineModel, signal: AbortSignal): Promise<void> {
  let retryMs = firstRetryMs
  while (!signal.aborted) {
    const connection = new AbortController()
    const stop = AbortSignal.any([signal, connection.signal])
    try {
      await followOnce(model, connection, stop, () => (retryMs = firstRetryMs))
    } catch (error) {
      if (signal.aborted) return
      reportAway(model, error)
    } finally {
      connection.abort()
    }
    const longestMs = model.watcherCount > 0 ? longestRetryMs.watched : longestRetryMs.alone
    await sleep(retryMs * (0.75 + Math.random() / 2), undefined, { signal, ref: false }).catch(
      () => undefined,
    )
    retryMs = Math.min(retryMs * 2, longestMs)
  }
}

/** One connection: resolves when the events stream ended, rejects with why the Engine is away. */
async function followOnce(
  model: EngineModel,
  connection: AbortController,
  signal: AbortSignal,
  onConnected: () => void,
): Promise<void> {
  const { apiVersion } = await ping(pingTimeoutMs)
  const events = await openEvents({ signal })
  const refresher = new Refresher(model)
  try {
    await listAll(model, refresher, apiVersion)
    onConnected()
    const watchdog = watch(model, refresher, signal).finally(() => connection.abort())
    await Promise.all([applyEvents(refresher, events).finally(() => connection.abort()), watchdog])
    // The stream ended by itself: an Engine that still answers is read anew at once, one that does not throws here.
    await ping(pingTimeoutMs)
  } finally {
    refresher.stop()
  }
}

async function listAll(model: EngineModel, refresher: Refresher, apiVersion: string): Promise<void> {
  const evenIfAway = true
  const missing: string[] = []
  // What a filtering proxy keeps back stays empty; the containers are what it is all about.
  const unlessKeptBack = async <Value>(name: string, list: Promise<Value>, empty: Value): Promise<Value> =>
    list.catch((error: unknown) => {
      if (errorCode(error) !== 'permission_missing') throw error
      missing.push(name)
      return empty
    })
  const [info, containers, networks, volumes, images] = await Promise.all([
    unlessKeptBack(
      'INFO',
      callEngine((docker) => docker.info() as Promise<RawInfo>, { evenIfAway }),
      {},
    ),
    listContainers({ evenIfAway }),
    unlessKeptBack('NETWORKS', listNetworks({ evenIfAway }), []),
    unlessKeptBack('VOLUMES', listVolumes({ evenIfAway }), []),
    unlessKeptBack('IMAGES', listImages({ evenIfAway }), []),
  ])
  setAway(null)
  model.apply({
    engine: {
      state: 'connected',
      version: info.ServerVersion ?? '',
      apiVersion,
      name: info.Name ?? '',
      cpus: info.NCPU ?? 0,
      memoryBytes: info.MemTotal ?? 0,
      ...(missing.length > 0 ? { missing: missing.sort() } : {}),
    },
    containers: model.replacement(
      'containers',
      containers.map((row) => keepInspected(model, row)),
    ),
    networks: model.replacement('networks', networks),
    volumes: model.replacement('volumes', volumes),
    images: model.replacement('images', images),
  })
  const { length } = containers
  log.info('engine connected', { version: info.ServerVersion, apiVersion, containers: length })
  if (missing.length > 0) log.warn('the proxy in front of the Engine keeps back some lists', { missing })
  for (const { id } of containers) refresher.refresh('containers', id, { isUrgent: false })
}

interface RawInfo {
  ServerVersion?: string
  Name?: string
  NCPU?: number
  MemTotal?: number
}

// What is known of a container that looks the same stays on screen until its inspect answers.
function keepInspected(model: EngineModel, row: Container): Container {
  const held = model.get('containers', row.id)
  return held?.isInspected && looksTheSame(held, row) ? held : row
}

function looksTheSame(held: Container, row: Container): boolean {
  return held.state === row.state && held.name === row.name && held.networks.length === row.networks.length
}

/** Asks the Engine from time to time whether it is there; throws when it is not. Lists again each minute while someone looks. */
async function watch(model: EngineModel, refresher: Refresher, signal: AbortSignal): Promise<void> {
  let reconciledAtMs = performance.now()
  while (!signal.aborted) {
    await napBetweenQuestions(model, signal)
    if (signal.aborted) return
    const isWatched = model.watcherCount > 0
    await ping(isWatched ? questions.watched.timeoutMs : questions.alone.timeoutMs)
    if (!isWatched || performance.now() - reconciledAtMs < reconcileEveryMs) continue
    reconciledAtMs = performance.now()
    await reconcile(model, refresher)
  }
}

// Somebody who begins to look does not wait for the end of a long nap.
async function napBetweenQuestions(model: EngineModel, signal: AbortSignal): Promise<void> {
  const endsAtMs = performance.now() + questions.alone.everyMs
  do await sleep(questions.watched.everyMs, undefined, { signal, ref: false }).catch(() => undefined)
  while (!signal.aborted && model.watcherCount === 0 && performance.now() < endsAtMs)
}

// Events can be lost without a sign (a full disk stops them): compare with the lists and read again what differs.
async function reconcile(model: EngineModel, refresher: Refresher): Promise<void> {
  try {
    const [containers, networks, volumes] = await Promise.all([
      listContainers(),
      listNetworks(),
      listVolumes(),
    ])
    refresher.refreshImages()
    const seen = {
      containers: new Set(containers.map((row) => row.id)),
      networks: new Set(networks.map((network) => network.id)),
      volumes: new Set(volumes.map((volume) => volume.name)),
    }
    for (const kind of ['containers', 'networks', 'volumes'] as const) {
      for (const key of new Set([...seen[kind], ...model.keys(kind)])) {
        if (!seen[kind].has(key) || !model.get(kind, key)) refresher.refresh(kind, key, { isUrgent: false })
      }
    }
    for (const row of containers) {
      const held = model.get('containers', row.id)
      if (held && !looksTheSame(held, row)) refresher.refresh('containers', row.id, { isUrgent: false })
    }
  } catch (error) {
    log.debug('could not reconcile', { error: String(error) })
  }
}

// How the stream ends does not tell why: the caller asks the Engine.
async function applyEvents(refresher: Refresher, events: AsyncIterable<EngineEvent>): Promise<void> {
  try {
    for await (const event of events) applyEvent(refresher, event)
  } catch (error) {
    log.debug('the events stream broke', { error: String(error) })
  }
}

function applyEvent(refresher: Refresher, event: EngineEvent): void {
  const urgent = { isUrgent: true }
  switch (event.type) {
    case 'container':
      if (event.action === 'destroy') refresher.remove('containers', event.id)
      else refresher.refresh('containers', event.id, urgent)
      return
    case 'network': {
      if (event.action === 'destroy' || event.action === 'remove') refresher.remove('networks', event.id)
      else if (event.action === 'connect' || event.action === 'disconnect') {
        const containerId = event.attributes.container
        if (containerId) refresher.refresh('containers', containerId, urgent)
      } else refresher.refresh('networks', event.id, urgent)
      return
    }
    case 'volume':
      if (event.action === 'destroy') refresher.remove('volumes', event.id)
      else if (event.action === 'create') refresher.refresh('volumes', event.id, urgent)
      return
    case 'image':
      refresher.refreshImages()
      return
    default:
      event.type satisfies never
  }
}

function reportAway(model: EngineModel, error: unknown): void {
  const isKeptBack = errorCode(error) === 'permission_missing'
  const problem = isKeptBack ? 'permission_missing' : (engineProblem(error) ?? 'not_an_engine')
  const detail = error instanceof Error && 'detail' in error ? String(error.detail) : String(error)
  const before = model.engine
  // The first moment counts, also when one problem follows another.
  const sinceMs = before.state === 'away' ? before.sinceMs : Date.now()
  if (before.state !== 'away' || before.problem !== problem) log.warn('engine away', { problem, detail })
  setAway(new EngineAwayError(problem, detail))
  model.apply({ engine: { state: 'away', problem, detail, sinceMs } })
}

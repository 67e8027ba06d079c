import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Container } from '#lib/docker/containers/container'
import type { EnginePatch, EngineSnapshot } from '#lib/docker/engine'
import { nameAuditTargetsBy } from '#server/auth/audit'
import { processWide } from '#server/process-wide'
import { readContainer } from '../containers/containers.ts'
import { type EngineModel, engineModel } from './state.ts'
import { keepInSync } from './sync.ts'

interface Running {
  model: EngineModel
  stop: () => Promise<void>
}

function running(): Running {
  return processWide('engine.live', () => {
    const model = engineModel()
    const abort = new AbortController()
    const done = keepInSync(model, abort.signal)
    nameAuditTargetsBy((noun, id) => nameOf(model, noun, id))
    const stop = async (): Promise<void> => {
      abort.abort()
      await done
    }
    return { model, stop }
  })
}

function nameOf(model: EngineModel, noun: string, id: string): string | null {
  if (noun === 'container')
    return model.values('containers').find((each) => each.id.startsWith(id))?.name ?? null
  if (noun === 'network') return model.values('networks').find((each) => each.id.startsWith(id))?.name ?? null
  if (noun !== 'image') return null
  return model.values('images').find((each) => each.id.startsWith(`sha256:${id}`))?.tags[0] ?? null
}

/** The live model as it is now. Starts following the Engine at the first use; until it answered, `engine.state` is `connecting`. */
export function snapshot(): EngineSnapshot {
  return running().model.snapshot()
}

/** Like `snapshot()`, but waits up to `timeoutMs` for the Engine's first answer (or for why there is none). */
export async function firstSnapshot(timeoutMs = 1_500): Promise<EngineSnapshot> {
  const { model } = running()
  if (model.engine.state !== 'connecting') return model.snapshot()
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), timeoutMs)
  try {
    for await (const _ of model.watch({ signal: stop.signal })) if (model.engine.state !== 'connecting') break
  } finally {
    clearTimeout(timer)
  }
  return model.snapshot()
}

/** What the container, network or image whose id begins with `id` is called; null for what the model does not know. */
export function nameInModel(noun: string, id: string): string | null {
  return nameOf(running().model, noun, id)
}

/** A snapshot, then a patch for each change, until `signal` aborts; a slow reader gets its changes merged. */
export function watchState(options: { signal: AbortSignal }): AsyncGenerator<EngineSnapshot | EnginePatch> {
  return running().model.watch(options)
}

/** One container of the model, or null. */
export function modelContainer(id: string): Container | null {
  return running().model.get('containers', id) ?? null
}

/** Reads one container from the Engine now, also into the model; what actions answer with. Throws `container_not_found`. */
export async function refreshContainer(id: string): Promise<Container> {
  const { model } = running()
  const container = await readContainer(id)
  model.apply({ containers: { set: [container] } })
  return container
}

/** Takes a container out of the model before the Engine's own event does. */
export function forgetContainer(id: string): void {
  running().model.apply({ containers: { remove: [id] } })
}

/** The container as soon as `isSo` of it, or as it is after `timeoutMs`; null when it is not there any more. */
export async function waitForContainer(
  id: string,
  isSo: (container: Container) => boolean,
  timeoutMs: number,
): Promise<Container | null> {
  const { model } = running()
  const stop = AbortSignal.timeout(timeoutMs)
  for await (const _ of model.watch({ signal: stop })) {
    const container = model.get('containers', id)
    if (!container || isSo(container)) break
  }
  return model.get('containers', id) ?? null
}

/** Stops following the Engine: for shutdown and tests. */
export async function stopLiveModel(): Promise<void> {
  await Promise.race([running().stop(), sleep(2_000, undefined, { ref: false })])
}

import 'server-only'
import type { EngineDefaults, RawConfig, RawContainer } from '#lib/compose/diff/raw'
import { diffService, type SettingChange } from '#lib/compose/diff/service-diff'
import type { ComposeModel } from '#lib/compose/model'
import { callEngine } from '#server/engine/client/client'

/**
 * The settings in which a container differs from its service in the files; empty when it is gone meanwhile. `replaced` are the services
 * whose containers are recreated as well.
 */
export async function changesOf(
  model: ComposeModel,
  serviceName: string,
  containerName: string,
  replaced: ReadonlySet<string>,
): Promise<SettingChange[]> {
  const container = await orNull(() =>
    callEngine(async (docker) => docker.getContainer(containerName).inspect()),
  )
  if (container === null) return []
  const raw = container as unknown as RawContainer
  const wanted = model.services[serviceName]?.image ?? `${model.name}-${serviceName}`
  const [image, wantedImage, defaults] = await Promise.all([
    inspectImage(raw.Image),
    inspectImage(wanted),
    readDefaults(),
  ])
  return diffService({
    model,
    serviceName,
    container: raw,
    image: image?.config ?? null,
    wantedImageId: wantedImage?.id ?? null,
    defaults,
    replaced,
  })
}

async function readDefaults(): Promise<EngineDefaults> {
  const info = await orNull(() =>
    callEngine(async (docker) => (await docker.info()) as Record<string, string | undefined>),
  )
  return {
    runtime: info?.DefaultRuntime ?? 'runc',
    loggingDriver: info?.LoggingDriver ?? 'json-file',
  }
}

async function inspectImage(reference: string): Promise<{ id: string; config: RawConfig } | null> {
  const image = await orNull(() => callEngine(async (docker) => docker.getImage(reference).inspect()))
  return image === null ? null : { id: image.Id, config: image.Config as unknown as RawConfig }
}

async function orNull<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read()
  } catch {
    return null
  }
}

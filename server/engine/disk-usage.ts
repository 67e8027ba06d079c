import 'server-only'
import type Docker from 'dockerode'
import type { CleanupSizes } from '#lib/docker/cleanup/cleanup'
import type { DiskUsage } from '#lib/docker/disk-usage'
import { processWide } from '#server/process-wide'
import { callEngine } from './client/client.ts'

/** Walking the disk of a large Engine takes tens of seconds. */
const deadlineMs = 120_000
const keepMs = 60_000

interface RawImage {
  Id: string
  Size: number
  SharedSize?: number
}

interface RawVolume {
  Name: string
  UsageData?: { Size: number } | null
}

interface RawContainer {
  Id: string
  SizeRw?: number
}

interface RawBuildCache {
  InUse: boolean
  Size: number
}

/** `GET /system/df`: until API 1.52 flat, from then on under `...Usage.Items`. */
interface RawUsage {
  LayersSize?: number
  Images?: RawImage[] | null
  Volumes?: RawVolume[] | null
  Containers?: RawContainer[] | null
  BuildCache?: RawBuildCache[] | null
  ImageUsage?: { TotalSize?: number; Items?: RawImage[] | null }
  VolumeUsage?: { Items?: RawVolume[] | null }
  ContainerUsage?: { Items?: RawContainer[] | null }
  BuildCacheUsage?: { Items?: RawBuildCache[] | null }
}

interface Cache {
  usage: DiskUsage | null
  running: Promise<DiskUsage> | null
  /** Begins when the running one is through, for those who asked while it ran. */
  next: Promise<DiskUsage> | null
}

const cache = (): Cache =>
  processWide<Cache>('engine.disk', () => ({ usage: null, running: null, next: null }))

/**
 * How big images and volumes are. Source: `GET /system/df`, slow: kept for a minute unless `isFresh`, which means measured from now on;
 * at most two measurements however many ask at the same time.
 */
export async function measureDiskUsage(options: { isFresh: boolean }): Promise<DiskUsage> {
  const state = cache()
  if (options.isFresh && state.running) {
    state.next ??= state.running
      .catch(() => null)
      .then(() => {
        state.next = null
        return run(state)
      })
    return state.next
  }
  if (state.running) return state.running
  if (state.usage && !options.isFresh && Date.now() - state.usage.measuredAtMs < keepMs) return state.usage
  return run(state)
}

async function run(state: Cache): Promise<DiskUsage> {
  state.running = measure().finally(() => {
    state.running = null
  })
  state.usage = await state.running
  return state.usage
}

/** The last measurement, however old; null when there was none. */
export function lastDiskUsage(): DiskUsage | null {
  return cache().usage
}

/** How much each thing would free, containers and build cache too; always measured anew. Source: `GET /system/df`. */
export async function measureCleanup(): Promise<CleanupSizes> {
  const raw = await callEngine(
    (docker) => readUsage(docker, ['container', 'image', 'volume', 'build-cache']),
    {
      deadlineMs,
    },
  )
  const images = raw.ImageUsage?.Items ?? raw.Images ?? []
  const cached = (raw.BuildCacheUsage?.Items ?? raw.BuildCache ?? []).filter(({ InUse }) => !InUse)
  return {
    measuredAtMs: Date.now(),
    containers: new Map(
      (raw.ContainerUsage?.Items ?? raw.Containers ?? []).map(({ Id, SizeRw }) => [Id, SizeRw ?? 0]),
    ),
    images: new Map(images.map(({ Id, Size, SharedSize }) => [Id, Size - (known(SharedSize) ?? 0)])),
    volumes: new Map(
      (raw.VolumeUsage?.Items ?? raw.Volumes ?? []).flatMap(({ Name, UsageData }) => {
        const sizeBytes = known(UsageData?.Size)
        return sizeBytes === null ? [] : [[Name, sizeBytes]]
      }),
    ),
    buildCache: { count: cached.length, sizeBytes: cached.reduce((sum, { Size }) => sum + Size, 0) },
  }
}

async function measure(): Promise<DiskUsage> {
  const raw = await callEngine((docker) => readUsage(docker, ['image', 'volume']), { deadlineMs })
  return {
    measuredAtMs: Date.now(),
    layersBytes: raw.LayersSize ?? raw.ImageUsage?.TotalSize ?? 0,
    images: (raw.ImageUsage?.Items ?? raw.Images ?? []).map((image) => ({
      id: image.Id,
      sizeBytes: image.Size,
      sharedBytes: known(image.SharedSize),
    })),
    volumes: (raw.VolumeUsage?.Items ?? raw.Volumes ?? []).map((volume) => ({
      name: volume.Name,
      sizeBytes: known(volume.UsageData?.Size),
    })),
  }
}

/** dockerode's own `df()` drops its options, and without them the Engine measures containers and build cache too. */
function readUsage(docker: Docker, types: readonly string[]): Promise<RawUsage> {
  return new Promise((resolve, reject) => {
    const options = {
      // docker-modem cuts the last character of a path with a query.
      path: `/system/df?${types.map((type) => `type=${type}&`).join('')}verbose=1&`,
      method: 'GET',
      statusCodes: { 200: true, 500: 'server error' },
    }
    // The modem is untyped; the answer is the Engine's JSON.
    docker.modem.dial(options, (error: unknown, usage: unknown) =>
      error ? reject(error) : resolve(usage as RawUsage),
    )
  })
}

/** The Engine says -1 for what it did not count. */
function known(bytes: number | undefined): number | null {
  return bytes === undefined || bytes < 0 ? null : bytes
}

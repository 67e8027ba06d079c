export type LayerState =
  | 'waiting'
  | 'downloading'
  | 'verifying'
  | 'downloaded'
  | 'extracting'
  | 'done'
  | 'exists'
  | 'retrying'

/** How far one layer is. Bytes are of the phase it is in; `totalBytes` is null while unknown. */
export interface PullLayer {
  id: string
  state: LayerState
  currentBytes: number
  totalBytes: number | null
}

/** One message of `POST /api/images/pull`. `layers` carries only what changed; `end` is the last. */
export type PullMessage =
  | { kind: 'layers'; layers: PullLayer[] }
  | { kind: 'end'; isNew: boolean; digest: string }
  | { kind: 'error'; code: string; message: string; hint?: string }

/** A line of the Engine's own progress stream, as far as it is read. */
export interface EngineProgress {
  id?: string
  status?: string
  progressDetail?: { current?: number; total?: number }
  error?: string
}

/** Reads one line of the Engine about a layer; null for lines that are not about one. */
export function readLayer(line: EngineProgress, known: PullLayer | undefined): PullLayer | null {
  const state = line.status ? readState(line.status) : null
  if (!state || !line.id) return null
  const { current = 0, total } = line.progressDetail ?? {}
  const totalBytes = total && total > 0 ? total : (known?.totalBytes ?? null)
  const isWhole = state === 'downloaded' || state === 'done' || state === 'verifying'
  const currentBytes = isWhole ? (totalBytes ?? 0) : state === 'exists' ? 0 : current
  return { id: line.id, state, currentBytes, totalBytes }
}

function readState(status: string): LayerState | null {
  if (status.startsWith('Retrying in')) return 'retrying'
  switch (status) {
    case 'Pulling fs layer':
    case 'Waiting':
      return 'waiting'
    case 'Downloading':
      return 'downloading'
    case 'Verifying Checksum':
      return 'verifying'
    case 'Download complete':
      return 'downloaded'
    case 'Extracting':
      return 'extracting'
    case 'Pull complete':
      return 'done'
    case 'Already exists':
      return 'exists'
    default:
      return null
  }
}

/** The state of a layer in a word or two. */
export function layerWords(state: LayerState): string {
  switch (state) {
    case 'waiting':
      return 'waiting'
    case 'downloading':
      return 'downloading'
    case 'verifying':
      return 'checking'
    case 'downloaded':
      return 'downloaded'
    case 'extracting':
      return 'unpacking'
    case 'done':
      return 'done'
    case 'exists':
      return 'already here'
    case 'retrying':
      return 'trying again'
    default:
      return state satisfies never
  }
}

/** Everything a pull has said so far; layers keep the order in which they first came, so nothing moves on screen. */
export interface PullProgress {
  layers: readonly PullLayer[]
  end: Extract<PullMessage, { kind: 'end' | 'error' }> | null
}

export const noProgress: PullProgress = { layers: [], end: null }

/** The progress after one more message. */
export function applyPullMessage(progress: PullProgress, message: PullMessage): PullProgress {
  if (message.kind !== 'layers') return { ...progress, end: message }
  const byId = new Map(progress.layers.map((layer) => [layer.id, layer]))
  for (const layer of message.layers) byId.set(layer.id, layer)
  return { ...progress, layers: [...byId.values()] }
}

/** Of 1: how much of a layer's whole way (download, then unpacking) is behind it. Never falls while a layer moves on. */
export function layerFraction(layer: PullLayer): number {
  const part = layer.totalBytes ? Math.min(1, layer.currentBytes / layer.totalBytes) : 0
  switch (layer.state) {
    case 'waiting':
    case 'retrying':
      return 0
    case 'downloading':
      return part * 0.7
    case 'verifying':
    case 'downloaded':
      return 0.7
    case 'extracting':
      return 0.7 + part * 0.3
    case 'done':
    case 'exists':
      return 1
    default:
      return layer.state satisfies never
  }
}

/** The whole pull in numbers: bytes downloaded of those known, layers done, and one fraction for the bar. */
export function pullTotals(progress: PullProgress): {
  fraction: number
  downloadedBytes: number
  totalBytes: number
  doneLayers: number
} {
  const { layers } = progress
  const fetched = layers.filter((layer) => layer.state !== 'exists')
  const weights = fetched.map((layer) => layer.totalBytes ?? 1)
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0)
  const moved = fetched.reduce((sum, layer, index) => sum + layerFraction(layer) * (weights[index] ?? 0), 0)
  return {
    fraction: weightSum > 0 ? moved / weightSum : layers.length > 0 ? 1 : 0,
    downloadedBytes: fetched.reduce((sum, layer) => sum + downloadedBytes(layer), 0),
    totalBytes: fetched.reduce((sum, layer) => sum + (layer.totalBytes ?? 0), 0),
    doneLayers: layers.filter(({ state }) => state === 'done' || state === 'exists').length,
  }
}

function downloadedBytes(layer: PullLayer): number {
  if (layer.state === 'waiting' || layer.state === 'retrying') return 0
  return layer.state === 'downloading' ? layer.currentBytes : (layer.totalBytes ?? 0)
}

import { formatBytes } from '#lib/format/bytes'
import type { JobStep, StepState } from '#lib/jobs/job-event'

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
function layerWords(state: LayerState): string {
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

/** Of 1: how much of a layer's whole way (download, then unpacking) is behind it. Never falls while a layer moves on. */
export function layerFraction(layer: Omit<PullLayer, 'id'>): number {
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

/** A layer as a step of the job that pulls `reference`. */
export function layerStep(reference: string, layer: PullLayer): JobStep {
  const { id, state, currentBytes, totalBytes } = layer
  return {
    id: `${reference} ${id}`,
    parentId: reference,
    label: id,
    state: stepStates[state],
    detail: layerWords(state),
    fraction: layerFraction(layer),
    ...(currentBytes > 0 ? { currentBytes } : {}),
    ...(totalBytes === null ? {} : { totalBytes }),
  }
}

const stepStates: Readonly<Record<LayerState, StepState>> = {
  waiting: 'waiting',
  downloading: 'running',
  verifying: 'running',
  downloaded: 'running',
  extracting: 'running',
  done: 'done',
  exists: 'cached',
  retrying: 'running',
}

/** What a pull did, in a line, from its layers as they were at last. */
export function pullWords(isNew: boolean, layers: readonly PullLayer[]): string {
  if (!isNew) return 'nothing new: the registry has the same image'
  const fetched = layers.filter(({ state }) => state !== 'exists')
  const bytes = fetched.reduce((sum, { totalBytes }) => sum + (totalBytes ?? 0), 0)
  const here = layers.length - fetched.length
  return [
    `${fetched.length} ${fetched.length === 1 ? 'layer' : 'layers'}, ${formatBytes(bytes)} fetched`,
    ...(here > 0 ? [`${here} here already`] : []),
  ].join(', ')
}

import { layerFraction, type PullLayer, readLayer } from '#lib/images/pull-progress'
import type { JobStep, StepState } from '#lib/jobs/job-event'

/** What one line of `docker compose --progress json` says. `log` is a part of a build step's output, still in base64. */
export type ComposeSaid =
  | { kind: 'step'; step: JobStep }
  | { kind: 'log'; stepId: string; stream: 'stdout' | 'stderr'; base64: string }
  | { kind: 'line'; text: string; isError: boolean }

interface Vertex {
  digest: string
  name?: string
  started?: string
  completed?: string
  cached?: boolean
  error?: string
}

interface VertexStatus {
  id?: string
  vertex?: string
  current?: number
  total?: number
  completed?: string
}

interface Line {
  id?: string
  parent_id?: string
  text?: string
  status?: string
  current?: number
  total?: number
  error?: boolean
  message?: string
  level?: string
  msg?: string
  vertexes?: Vertex[]
  statuses?: VertexStatus[]
  logs?: { vertex: string; stream: number; data: string }[]
}

/**
 * Reads the progress of Compose line by line. Source: docker/compose `pkg/progress/json.go` for containers, images, networks and
 * volumes; BuildKit's `client.SolveStatus` for builds. A line that is neither comes back as it is.
 */
export class ComposeProgress {
  readonly #services: readonly string[]
  readonly #vertexes = new Map<string, JobStep>()
  /** Layers that are pulled, by the id of their step. */
  readonly #layers = new Map<string, PullLayer>()

  /** `services` are the names that may stand in front of a build's steps. */
  constructor(services: readonly string[]) {
    this.#services = services
  }

  read(text: string): ComposeSaid[] {
    const line = parseLine(text)
    if (line === null) return [{ kind: 'line', text, isError: false }]
    if (line.error === true || (line.message !== undefined && line.id === undefined))
      return errorLines(line.message ?? '')
    if (line.msg !== undefined)
      // Said because Composure chose the builder that names the service of each step.
      return line.msg.startsWith('COMPOSE_BAKE=')
        ? []
        : [{ kind: 'line', text: `${line.level ?? 'note'}: ${line.msg}`, isError: line.level === 'error' }]
    const said = [
      ...(line.vertexes ?? []).flatMap((vertex) => this.#readVertex(vertex)),
      ...(line.statuses ?? []).flatMap((status) => this.#readStatus(status)),
      ...(line.logs ?? []).map(readLog),
    ]
    if (line.vertexes || line.statuses || line.logs) return said
    return line.id === undefined
      ? [{ kind: 'line', text, isError: false }]
      : [{ kind: 'step', step: this.#withLayer(readStep(line.id, line), line) }]
  }

  /** A layer is fetched and unpacked, each from its first byte on: how far it is on the whole way, and how large it is. */
  #withLayer(step: JobStep, { parent_id: parent, id, text, current, total }: Line): JobStep {
    if (parent === undefined || id === undefined || text === undefined) return step
    const progressDetail = { ...(current ? { current } : {}), ...(total ? { total } : {}) }
    const layer = readLayer({ id, status: text, progressDetail }, this.#layers.get(step.id))
    if (layer === null) return step
    this.#layers.set(step.id, layer)
    const { totalBytes } = layer
    return { ...step, fraction: layerFraction(layer), ...(totalBytes === null ? {} : { totalBytes }) }
  }

  #readVertex(vertex: Vertex): ComposeSaid[] {
    // How the builder was asked is no step of the build; later lines about it find nothing.
    if (vertex.name?.startsWith('[internal] load local bake')) return []
    const known = this.#vertexes.get(vertex.digest)
    const named = splitName(vertex.name ?? '', this.#services)
    const startedAtMs = known?.startedAtMs ?? toMs(vertex.started)
    const endedAtMs = toMs(vertex.completed)
    const step: JobStep = {
      ...known,
      id: vertex.digest,
      label: known?.label ?? named.label,
      parentId: known?.parentId ?? buildStepId(named.service),
      state: vertexState(vertex),
      ...(startedAtMs === undefined ? {} : { startedAtMs }),
      ...(endedAtMs === undefined ? {} : { endedAtMs }),
      ...(vertex.error ? { error: vertex.error } : {}),
    }
    this.#vertexes.set(vertex.digest, step)
    return [{ kind: 'step', step }]
  }

  #readStatus({ id, vertex, current = 0, total = 0 }: VertexStatus): ComposeSaid[] {
    const known = vertex === undefined ? undefined : this.#vertexes.get(vertex)
    if (!known || known.state !== 'running' || !id) return []
    const step: JobStep = {
      ...known,
      detail: id.replace(/:$/, ''),
      ...(current > 0 ? { currentBytes: current } : {}),
      ...(total > 0 ? { totalBytes: total } : {}),
    }
    this.#vertexes.set(known.id, step)
    return [{ kind: 'step', step }]
  }
}

function parseLine(text: string): Line | null {
  if (!text.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Line) : null
  } catch {
    return null
  }
}

/** Compose doubles the line ends of BuildKit's excerpt of the Dockerfile. */
function errorLines(message: string): ComposeSaid[] {
  return message
    .replaceAll('\n\n', '\n')
    .trimEnd()
    .split('\n')
    .map((text) => ({ kind: 'line', text, isError: true }))
}

function readLog({ vertex, stream, data }: { vertex: string; stream: number; data: string }): ComposeSaid {
  return { kind: 'log', stepId: vertex, stream: stream === 2 ? 'stderr' : 'stdout', base64: data }
}

function vertexState({ started, completed, cached, error }: Vertex): StepState {
  if (error) return 'failed'
  if (cached) return 'cached'
  if (completed) return 'done'
  return started ? 'running' : 'waiting'
}

/** The step that stands for the build of a service; all of its steps have it as parent. */
export function buildStepId(service: string): string {
  return `build ${service}`
}

/** `[app build 2/4] RUN make` is step "[build 2/4] RUN make" of service app; where no service stands in front the name is the whole label. */
function splitName(name: string, services: readonly string[]): { service: string; label: string } {
  const [, service = '', place = '', rest = ''] = /^\[([^\s\]]+)((?: [^\]]*)?)\] ?(.*)$/s.exec(name) ?? []
  if (!services.includes(service)) return { service: '', label: name }
  return { service, label: place === '' ? rest : `[${place.trim()}] ${rest}` }
}

/** The words Compose has for what happens to a container, image, network or volume. Source: `pkg/progress/event.go`. */
const doneWords = new Set([
  'created',
  'started',
  'running',
  'recreated',
  'stopped',
  'removed',
  'restarted',
  'healthy',
  'exited',
  'built',
  'pulled',
  'pushed',
  'killed',
  'paused',
  'unpaused',
  'exists',
  'skipped',
  'copied',
  'pull complete',
  'already exists',
])

function readStep(id: string, line: Line): JobStep {
  const isBar = /^\[[=> ]*\]/.test(line.status ?? '')
  const word = (isBar || line.text === 'Error' ? line.text : line.status || line.text) ?? ''
  const detail = word.toLowerCase()
  const isError = detail === 'error' || line.text === 'Error'
  const isBroken = /^(?:interrupted|resource is still in use)$/.test(detail)
  return {
    id: line.parent_id === undefined ? id : `${line.parent_id} ${id}`,
    ...(line.parent_id === undefined ? {} : { parentId: line.parent_id }),
    label: id,
    state:
      isError || isBroken ? 'failed' : doneWords.has(detail) ? 'done' : waits(detail) ? 'waiting' : 'running',
    detail,
    ...(line.current ? { currentBytes: line.current } : {}),
    ...(line.total ? { totalBytes: line.total } : {}),
    ...(isError && line.status ? { error: line.status } : {}),
  }
}

const waits = (detail: string): boolean => detail === 'pulling fs layer' || detail === 'waiting for layer'

function toMs(time: string | undefined): number | undefined {
  const ms = time === undefined ? Number.NaN : Date.parse(time)
  return Number.isFinite(ms) ? ms : undefined
}

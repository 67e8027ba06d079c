import type { JobStep } from '#lib/jobs/job-event'

export type PlannedChange =
  | 'create'
  | 'recreate'
  | 'restart'
  | 'start'
  | 'unchanged'
  | 'remove'
  | 'build'
  | 'pull'

/** What would happen to one object. `name` is its own: of a container, network, volume, or the service whose image is built or pulled. */
export interface PlannedStep {
  noun: 'container' | 'network' | 'volume' | 'image'
  name: string
  change: PlannedChange
}

/** Reads the steps of `docker compose --dry-run up` or `down`, in the order Compose would do them. */
export function readPlan(steps: readonly JobStep[]): PlannedStep[] {
  const plan = new Map<string, PlannedStep>()
  for (const { label, detail = '', parentId } of steps) {
    if (parentId !== undefined) continue
    const [, noun = 'image', rest = label] = /^(Container|Network|Volume|Image) (.*)$/.exec(label) ?? []
    // A container that replaces another has its short id in front until it takes over the name.
    const name = noun === 'Container' ? rest.replace(/^[a-f0-9]{12}_/, '') : rest
    const change = changeOf(detail)
    const key = `${noun} ${name}`
    const known = plan.get(key)
    if (change === null || (known !== undefined && rank[known.change] >= rank[change])) continue
    plan.set(key, { noun: noun.toLowerCase() as PlannedStep['noun'], name, change })
  }
  return [...plan.values()]
}

/** A container that is created is also started: the first says it all. */
const rank: Record<PlannedChange, number> = {
  unchanged: 0,
  start: 1,
  // Stopped and started again as it is: a network of its own is made anew.
  restart: 2,
  build: 2,
  pull: 2,
  create: 3,
  recreate: 4,
  remove: 5,
}

function changeOf(detail: string): PlannedChange | null {
  switch (detail) {
    case 'running':
      return 'unchanged'
    case 'starting':
    case 'started':
      return 'start'
    case 'stopping':
    case 'stopped':
      return 'restart'
    case 'creating':
    case 'created':
      return 'create'
    case 'recreate':
    case 'recreated':
      return 'recreate'
    case 'removing':
    case 'removed':
      return 'remove'
    case 'building':
    case 'built':
      return 'build'
    case 'pulling':
    case 'pulled':
      return 'pull'
    default:
      return null
  }
}

import { formatBytes } from '#lib/format/bytes'
import { formatSpan } from '#lib/format/time'
import type { JobStep } from '#lib/jobs/job-event'

export type BuildOutcome = 'done' | 'failed' | 'cancelled'

/** How the steps of one build went. */
export interface BuildSteps {
  /** The service that was built; of a folder's build, the name of its image. */
  service: string
  outcome: BuildOutcome
  /** From its first step's start to its last one's end, or to where it was cancelled. */
  durationMs: number
  /** Instructions of the Dockerfile that do something; FROM is none of them. */
  steps: number
  cached: number
}

/** One build, as the history keeps it. */
export interface BuildRecord extends BuildSteps {
  jobId: string
  endedAtMs: number
  /** `sha256:...`; empty where none was made. */
  imageId: string
  /** Null where none was made. */
  sizeBytes: number | null
  /** The last that went well before it, or null. */
  before: { imageId: string; sizeBytes: number; durationMs: number } | null
}

/** Body of `GET /api/projects/{project}/builds` and of `GET /api/builds`, newest first. */
export interface BuildPage {
  builds: BuildRecord[]
}

/** Reads the builds out of all the steps of a job, as they were at its end; `cancelledAtMs` when somebody ended it, else null. */
export function readBuilds(steps: readonly JobStep[], cancelledAtMs: number | null): BuildSteps[] {
  const byService = new Map<string, JobStep[]>()
  for (const step of steps) {
    const service = /^build (.+)$/s.exec(step.parentId ?? '')?.[1]
    if (service !== undefined) byService.set(service, [...(byService.get(service) ?? []), step])
  }
  return [...byService].map(([service, own]) => {
    const counted = own.filter(({ label }) => /^\[(?:[^\]]* )?\d+\/\d+\] (?!FROM )/.test(label))
    const starts = own.flatMap(({ startedAtMs }) => startedAtMs ?? [])
    const outcome = outcomeOf(own, cancelledAtMs !== null)
    const ends = [
      ...own.flatMap(({ endedAtMs }) => endedAtMs ?? []),
      ...(outcome === 'cancelled' ? [cancelledAtMs ?? 0] : []),
    ]
    return {
      service,
      outcome,
      durationMs: starts.length === 0 ? 0 : Math.max(0, Math.max(...ends, ...starts) - Math.min(...starts)),
      steps: counted.length,
      cached: counted.filter(({ state }) => state === 'cached').length,
    }
  })
}

/** What was cancelled may end as a failed step or as none; whose image was written had ended before. */
function outcomeOf(steps: readonly JobStep[], isCancelled: boolean): BuildOutcome {
  const isWritten = steps.some(({ label, state }) => label === 'exporting to image' && state === 'done')
  if (isCancelled) return isWritten ? 'done' : 'cancelled'
  return steps.some(({ state }) => state === 'failed') ? 'failed' : 'done'
}

/** A build in a line: "12 s, 3 of 8 steps cached, 4 MB larger than the build before". */
export function buildWords(build: BuildRecord): string {
  const { durationMs, steps, cached } = build
  const cachedWords = steps === 0 ? [] : [`${cached} of ${steps} ${steps === 1 ? 'step' : 'steps'} cached`]
  return [formatSpan(durationMs), ...cachedWords, ...sizeWords(build)].join(', ')
}

/** How its image differs from that of the build before; nothing for the first, and where it failed. */
export function sizeWords({ before, imageId, sizeBytes }: BuildRecord): string[] {
  if (before === null || sizeBytes === null) return []
  if (before.imageId === imageId) return ['the same image as before']
  const change = sizeBytes - before.sizeBytes
  if (change === 0) return ['as large as the build before']
  return [`${formatBytes(Math.abs(change))} ${change > 0 ? 'larger' : 'smaller'} than the build before`]
}

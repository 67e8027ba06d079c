import type { JobStep } from './job-event.ts'

type Placed = Pick<JobStep, 'label' | 'startedAtMs'>

/**
 * Steps of a build as far as their labels tell: preparation, the stages one below the other in the order in which they began to work, each in the
 * order of the Dockerfile, then what comes after.
 */
export function inBuildOrder<Step extends Placed>(steps: readonly Step[]): Step[] {
  const placed = steps.map((step) => ({ step, ...placeOf(step) }))
  const stages = [...new Set(placed.map(({ stage }) => stage))]
  const begunAtMs = stages.map((stage) => beginOf(placed.filter((each) => each.stage === stage)))
  return placed
    .map(({ step, part, stage, place }) => {
      const index = stages.indexOf(stage)
      return { step, key: [part, begunAtMs[index] ?? 0, index, place] }
    })
    .sort((a, b) => compare(a.key, b.key))
    .map(({ step }) => step)
}

/** When a stage did its first instruction. Every stage's base is looked up at once, whenever its turn comes, so FROM is none. */
function beginOf(placed: readonly { step: Placed; part: number }[]): number {
  const starts = placed.flatMap(({ step: { label, startedAtMs }, part }) =>
    part !== 1 || startedAtMs === undefined || /^\[[^\]]*\] FROM /.test(label) ? [] : [startedAtMs],
  )
  return starts.length === 0 ? Number.MAX_SAFE_INTEGER : Math.min(...starts)
}

/** Part 0 prepares, 1 is an instruction of a stage (`[build 2/5] RUN make`), 2 comes after. */
function placeOf({ label }: Placed): { part: 0 | 1 | 2; stage: string; place: number } {
  if (label.startsWith('[internal]')) return { part: 0, stage: '[', place: 0 }
  const [, stage = '', place] = /^\[(?:([^\]]*) )?(\d+)\/\d+\]/.exec(label) ?? []
  return place === undefined ? { part: 2, stage: ']', place: 0 } : { part: 1, stage, place: Number(place) }
}

/** The first number that differs decides. */
function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((each, index) => each !== b[index])
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0)
}

import 'server-only'
import { actionArguments, type ComposeTarget } from '#lib/compose/arguments'
import { type PlannedStep, readPlan } from '#lib/compose/plan'
import { ComposeProgress } from '#lib/compose/progress'
import type { DownRequest, UpRequest } from '#lib/compose/request'
import { askCompose } from '#server/compose/cli/run'
import { refusedBy } from '#server/compose/cli/model'
import { withMissing } from '#server/compose/source/missing'

export interface Plan {
  steps: PlannedStep[]
  /** What Compose remarked: variables that are not set and the like. */
  warnings: string[]
}

/** What `up` would do, from Compose itself: `docker compose --dry-run up`. Throws `compose_invalid`. */
export function planUp(target: ComposeTarget, request: UpRequest): Promise<Plan> {
  // Waiting for health has no meaning in a dry run, and a dry build or pull would make every image look new.
  const args = actionArguments({ verb: 'up', ...request, isWaiting: false, isBuilt: false, isPulled: false })
  return dryRun(target, args, request.profiles)
}

/** What `down` would do, from Compose itself. Throws `compose_invalid`. */
export function planDown(target: ComposeTarget, request: DownRequest): Promise<Plan> {
  return dryRun(target, actionArguments({ verb: 'down', ...request }), request.profiles)
}

async function dryRun(
  target: ComposeTarget,
  args: readonly string[],
  profiles: readonly string[],
): Promise<Plan> {
  // A dry run asks the registries for the images that are not here.
  const { stderr, stdout, exitCode } = await askCompose(target, ['--dry-run', ...args], {
    profiles,
    isSignedIn: true,
  })
  if (exitCode !== 0) throw refusedBy(stderr, target)
  const progress = new ComposeProgress([])
  const said = [...stdout.split('\n'), ...stderr].flatMap((line) => progress.read(line))
  return {
    steps: readPlan(said.flatMap((each) => (each.kind === 'step' ? [each.step] : []))),
    warnings: said.flatMap((each) =>
      each.kind === 'line' && each.text.startsWith('warning: ')
        ? [withMissing(target, each.text.slice('warning: '.length))]
        : [],
    ),
  }
}

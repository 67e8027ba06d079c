import 'server-only'
import { actionArguments, type ComposeTarget } from '#lib/compose/arguments'
import { type PlannedStep, readPlan } from '#lib/compose/plan'
import { ComposeProgress } from '#lib/compose/progress'
import type { UpRequest } from '#lib/compose/request'
import { askCompose } from './cli.ts'
import { refusedBy } from './model.ts'

/** What `up` would do, from Compose itself: `docker compose --dry-run up`. Throws `compose_invalid`. */
export async function dryRunUp(target: ComposeTarget, request: UpRequest): Promise<PlannedStep[]> {
  // Waiting for health has no meaning in a dry run, and a dry build would make every image look new.
  const args = actionArguments({ verb: 'up', ...request, isWaiting: false, isBuilt: false, isPulled: false })
  const { stderr, stdout, exitCode } = await askCompose(target, ['--dry-run', ...args], {
    profiles: request.profiles,
  })
  if (exitCode !== 0) throw refusedBy(stderr, target)
  const progress = new ComposeProgress([])
  return readPlan(
    [...stdout.split('\n'), ...stderr]
      .flatMap((line) => progress.read(line))
      .flatMap((said) => (said.kind === 'step' ? [said.step] : [])),
  )
}

import type { ExecEnd } from '#lib/docker/exec'
import { exitCodeWords } from '#lib/docker/containers/exit-code'

/** Why a shell is over, for a person. */
export function endWords(
  { reason, exitCode, isLeftRunning }: ExecEnd,
  isAttached = false,
): { what: string; next: string | null } {
  if (isAttached) return attachedWords(reason, exitCode)
  const next = isLeftRunning
    ? 'What ran in it could not be ended from here yet; restart the container to be sure.'
    : null
  switch (reason) {
    case 'exited':
      return { what: exited(exitCode), next }
    case 'detached':
    case 'closed':
      return { what: 'Closed. Nothing of it is left running.', next }
    case 'unwatched':
      return { what: 'Ended: nobody had watched it for a while.', next }
    case 'idle':
      return { what: 'Ended: nothing had moved in it for hours.', next }
    case 'signed_out':
      return { what: 'Ended: you signed out.', next }
    case 'shutdown':
      return { what: 'Ended: Composure was stopped.', next }
    case 'container_stopped':
      return {
        what: 'The container stopped, and this shell with it.',
        next: 'Start the container to open another.',
      }
    case 'container_removed':
      return { what: 'The container was removed, and this shell with it.', next: null }
    case 'engine_gone':
      return {
        what: 'Docker went away, and this shell with it.',
        next: 'When Docker is back, start another.',
      }
    default:
      return reason satisfies never
  }
}

function exited(exitCode: number | null): string {
  if (exitCode === null) return 'Ended.'
  if (exitCode === 0) return 'Ended well (exit code 0).'
  return `Ended with exit code ${exitCode}: ${exitCodeWords(exitCode)}.`
}

/** A terminal that joined the main process: most ends are only this terminal's. */
function attachedWords(reason: ExecEnd['reason'], exitCode: number | null): ReturnType<typeof endWords> {
  switch (reason) {
    case 'exited':
      return {
        what: `The container ended. ${exited(exitCode)}`,
        next: 'Start the container to attach again.',
      }
    case 'container_stopped':
      return { what: 'The container stopped.', next: 'Start the container to attach again.' }
    case 'container_removed':
      return { what: 'The container was removed.', next: null }
    case 'engine_gone':
      return { what: 'Docker went away.', next: 'When Docker is back, attach again.' }
    default:
      return { what: 'Detached.', next: 'The container goes on.' }
  }
}

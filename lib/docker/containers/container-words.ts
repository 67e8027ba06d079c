import { formatAge, formatSpan } from '../../format/time.ts'
import type { Container } from './container.ts'

/** good: as it should be. warn: watch it. bad: needs somebody. idle: off, and that is fine. */
export type Tone = 'good' | 'warn' | 'bad' | 'idle'

/** What a mark says where no word stands beside it. */
export const toneWords: Readonly<Record<Tone, string>> = {
  good: 'all well',
  warn: 'not fully up',
  bad: 'needs you',
  idle: 'off',
}

export interface Words {
  tone: Tone
  text: string
}

// Who ran longer and ended with 0 was more likely stopped than done.
const longestTaskMs = 120_000

/** True for a container that looks made to run once and ended well: a migration, a seed. Ports and checks mean it serves. */
export function isCompleted(container: Container): boolean {
  const { state, exitCode, restartPolicy, health, ports, startedAtMs, finishedAtMs } = container
  const runsForever = restartPolicy === 'always' || restartPolicy === 'unless-stopped'
  const serves = health !== 'none' || ports.some((port) => port.hostPort !== null)
  const livedMs = (finishedAtMs ?? 0) - (startedAtMs ?? 0)
  return state === 'exited' && exitCode === 0 && !runsForever && !serves && livedMs < longestTaskMs
}

/** A try has shown that it lasts when it has run this long: the Engine's restart manager waits for it too. */
export const provenMs = 10_000

/** Started again by its policy a moment ago: in a loop each try looks well, and has yet to show that it lasts. */
export function isRetrying({ state, restartCount, startedAtMs }: Container, nowMs: number): boolean {
  return state === 'running' && restartCount > 0 && startedAtMs !== null && nowMs - startedAtMs < provenMs
}

/** How a container is: what the mark beside its name shows. It changes with the clock only where `isRetrying` does. */
export function containerTone(container: Container, nowMs: number): Tone {
  if (isRetrying(container, nowMs)) return 'bad'
  switch (container.state) {
    case 'running':
      return container.health === 'unhealthy' ? 'bad' : container.health === 'starting' ? 'warn' : 'good'
    case 'paused':
    case 'removing':
      return 'warn'
    case 'created':
      return container.startError === '' ? 'idle' : 'bad'
    case 'exited':
      return isFailedExit(container) ? 'bad' : 'idle'
    case 'restarting':
    case 'dead':
      return 'bad'
    default:
      return container.state satisfies never
  }
}

/** Ended in a way nobody asked for. 137 and 143 without a lack of memory are what `docker stop` and `docker kill` leave. */
function isFailedExit({ exitCode, isOutOfMemory, startError }: Container): boolean {
  if (isOutOfMemory || startError !== '') return true
  return exitCode !== null && exitCode !== 0 && exitCode !== 137 && exitCode !== 143 && exitCode !== 130
}

/** The state as a person would say it: `running 2 h`, `completed, 2 h ago`, `restarting, exit 1 after 4 s`. */
export function containerWords(container: Container, nowMs: number): Words {
  return { tone: containerTone(container, nowMs), text: stateText(container, nowMs) }
}

/** The state with the health where no column of its own says it; what is wrong comes first: `unhealthy, running 2 h`. */
export function fullWords(container: Container, nowMs: number): Words {
  const { tone, text } = containerWords(container, nowMs)
  const { state, health } = container
  if (state !== 'running' || health === 'none' || !container.isInspected) return { tone, text }
  return { tone, text: health === 'healthy' ? `${text}, healthy` : `${health}, ${text}` }
}

function stateText(container: Container, nowMs: number): string {
  switch (container.state) {
    case 'running':
      return container.startedAtMs === null
        ? 'running'
        : `${isRetrying(container, nowMs) ? 'trying again' : 'running'} ${formatAge(nowMs - container.startedAtMs)}`
    case 'paused':
      return 'paused'
    case 'removing':
      return 'being removed'
    case 'restarting':
      return restartingText(container)
    case 'created':
      return container.startError === '' ? 'created, never started' : 'could not start'
    case 'exited':
      return exitedText(container, nowMs)
    case 'dead':
      return 'dead, could not be removed'
    default:
      return container.state satisfies never
  }
}

function restartingText(container: Container): string {
  if (container.isOutOfMemory) return 'restarting, out of memory'
  if (container.exitCode === null) return 'restarting'
  const { startedAtMs, finishedAtMs } = container
  const livedMs = startedAtMs !== null && finishedAtMs !== null ? finishedAtMs - startedAtMs : -1
  return `restarting, exit ${container.exitCode}${livedMs < 0 ? '' : ` after ${formatSpan(livedMs)}`}`
}

function exitedText(container: Container, nowMs: number): string {
  const ago = container.finishedAtMs === null ? '' : `, ${formatAge(nowMs - container.finishedAtMs)} ago`
  if (!container.isInspected) return 'exited'
  if (container.isOutOfMemory) return `out of memory${ago}`
  if (isCompleted(container)) return `completed${ago}`
  if (container.exitCode === 137) return `killed${ago}`
  if (!isFailedExit(container)) return `stopped${ago}`
  return container.startError === ''
    ? `failed, exit ${container.exitCode ?? '?'}${ago}`
    : `could not start${ago}`
}

/** Health as a person would say it; a container that does not run has none now. */
export function healthWords(container: Container): Words {
  if (!container.isInspected) return { tone: 'idle', text: '–' }
  if (container.health === 'none') return { tone: 'idle', text: 'no check' }
  const isAlive = container.state === 'running' || container.state === 'paused'
  if (!isAlive) return { tone: 'idle', text: container.state === 'restarting' ? 'never healthy' : '–' }
  if (container.health === 'healthy') return { tone: 'good', text: 'healthy' }
  return container.health === 'starting'
    ? { tone: 'warn', text: 'starting' }
    : { tone: 'bad', text: 'unhealthy' }
}

import { formatAge, formatSpan } from '../format/time.ts'
import type { Container } from './container.ts'

/** good: as it should be. warn: watch it. bad: needs somebody. idle: off, and that is fine. */
export type Tone = 'good' | 'warn' | 'bad' | 'idle'

export interface Words {
  tone: Tone
  text: string
}

/** True for a container made to run once that ended well: a migration, a seed. */
export function isCompleted(container: Container): boolean {
  const runsForever = container.restartPolicy === 'always' || container.restartPolicy === 'unless-stopped'
  const serves = container.health !== 'none' || container.ports.some((port) => port.hostPort !== null)
  return container.state === 'exited' && container.exitCode === 0 && !runsForever && !serves
}

/** How a container is, without a clock: what the mark beside its name shows. */
export function containerTone(container: Container): Tone {
  switch (container.state) {
    case 'running':
      return container.health === 'unhealthy' ? 'bad' : container.health === 'starting' ? 'warn' : 'good'
    case 'paused':
    case 'removing':
      return 'warn'
    case 'restarting':
      return container.exitCode === 0 ? 'warn' : 'bad'
    case 'created':
      return container.startError === '' ? 'idle' : 'bad'
    case 'exited':
      return isFailedExit(container) ? 'bad' : 'idle'
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
  return { tone: containerTone(container), text: stateText(container, nowMs) }
}

function stateText(container: Container, nowMs: number): string {
  switch (container.state) {
    case 'running':
      return container.startedAtMs === null
        ? 'running'
        : `running ${formatAge(nowMs - container.startedAtMs)}`
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
  if (container.health === 'none') return { tone: 'idle', text: 'no check' }
  const isAlive = container.state === 'running' || container.state === 'paused'
  if (!isAlive) return { tone: 'idle', text: container.state === 'restarting' ? 'never healthy' : '–' }
  if (container.health === 'healthy') return { tone: 'good', text: 'healthy' }
  return container.health === 'starting'
    ? { tone: 'warn', text: 'starting' }
    : { tone: 'bad', text: 'unhealthy' }
}

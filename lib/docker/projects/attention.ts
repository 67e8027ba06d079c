import { formatSpan } from '../../format/time.ts'
import type { Container } from '../containers/container.ts'
import { containerTone } from '../containers/container-words.ts'
import { exitCodeWords } from '../containers/exit-code.ts'

/** Why a container needs somebody, in words, with the Engine's own sentence as evidence where there is one. */
export interface Attention {
  container: Container
  /** Begins with the name a person uses: "app keeps failing". */
  title: string
  detail: string
  /** Said by the Engine, to the letter; or empty. */
  evidence: string
  /** Where to look first. */
  look: 'logs' | 'health' | 'inspect'
}

/** Every container that needs somebody; what restarts in a loop comes first, then what is down, then what is unhealthy. */
export function attentionOf(containers: readonly Container[], nowMs: number): Attention[] {
  return containers
    .filter((container) => containerTone(container, nowMs) === 'bad')
    .map(explain)
    .sort(byUrgency)
}

/** `items`; what tries again says what it said while it was down: the Engine forgets how the last run ended when the next begins. */
export function steadyAttention(items: readonly Attention[], before: readonly Attention[]): Attention[] {
  const earlier = new Map(before.map((item) => [item.container.id, item]))
  return items.map((item) => {
    const { state, health, id } = item.container
    const isAgain = state === 'running' && health !== 'unhealthy'
    return { ...((isAgain && earlier.get(id)) || item), container: item.container }
  })
}

const byUrgency = (a: Attention, b: Attention): number =>
  weight(a.container) - weight(b.container) || a.title.localeCompare(b.title)

const weight = ({ state, health }: Container): number =>
  state === 'restarting' || (state === 'running' && health !== 'unhealthy') ? 0 : state === 'running' ? 2 : 1

/** `app`, `worker 2` for a replica, or the container's own name outside projects. */
export function calledName({ compose, name }: Container): string {
  if (compose === null) return name
  return compose.number > 1 ? `${compose.service} ${compose.number}` : compose.service
}

function explain(container: Container): Attention {
  const name = calledName(container)
  const evidence = container.startError
  if (container.state === 'dead')
    return {
      container,
      title: `${name} is dead`,
      detail: 'The Engine could not remove it. Removing it by force usually helps.',
      evidence,
      look: 'inspect',
    }
  if (evidence !== '')
    return {
      container,
      title: `${name} could not start`,
      detail: 'Docker refused to run it and said:',
      evidence,
      look: 'inspect',
    }
  if (container.state === 'running' && container.health === 'unhealthy')
    return {
      container,
      title: `${name} runs, but is unhealthy`,
      detail: 'Its health check fails. What the check printed says why.',
      evidence,
      look: 'health',
    }
  return {
    container,
    title: endedTitle(container, name),
    detail: exitSentence(container),
    evidence,
    look: 'logs',
  }
}

function endedTitle({ state, exitCode, isOutOfMemory }: Container, name: string): string {
  if (isOutOfMemory) return `${name} runs out of memory`
  if (state === 'exited') return `${name} failed`
  return exitCode === 0 ? `${name} keeps ending` : `${name} keeps failing`
}

/** "It exits with 1 after 4 s (the program failed). Restarted 6 times." */
function exitSentence(container: Container): string {
  const { exitCode, startedAtMs, finishedAtMs, restartCount, isOutOfMemory, state } = container
  if (exitCode === null) return 'It ends again and again, and the Engine starts it again.'
  const livedMs = startedAtMs !== null && finishedAtMs !== null ? finishedAtMs - startedAtMs : -1
  const after = livedMs < 0 ? '' : ` after ${formatSpan(livedMs)}`
  const verb = state === 'restarting' ? 'exits' : 'exited'
  const exit = `It ${verb} with ${exitCode}${after}: ${exitCodeWords(exitCode, isOutOfMemory)}.`
  if (restartCount === 0) return exit
  return `${exit} Restarted ${restartCount === 1 ? 'once' : `${restartCount} times`}.`
}

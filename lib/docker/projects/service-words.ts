import { formatAge } from '../../format/time.ts'
import { containerTone, containerWords, type Words } from '../containers/container-words.ts'
import type { Service } from './project.ts'

/** The state of a service in words; several replicas that differ are counted: `2 of 3 running`. */
export function serviceWords(service: Service, nowMs: number): Words {
  const [first, ...rest] = service.containers
  if (first === undefined) return { tone: 'idle', text: 'no containers' }
  if (service.isCompleted && first.finishedAtMs !== null)
    return { tone: 'idle', text: `completed, ${formatAge(nowMs - first.finishedAtMs)} ago` }
  if (rest.length === 0) return containerWords(first, nowMs)
  const running = service.containers.filter(({ state }) => state === 'running').length
  const total = service.containers.length
  if (running > 0 && running < total) return { tone: service.tone, text: `${running} of ${total} running` }
  // All in one state: the worst one speaks for them.
  const speaker =
    service.containers.find((container) => containerTone(container, nowMs) === service.tone) ?? first
  return { tone: service.tone, text: containerWords(speaker, nowMs).text }
}

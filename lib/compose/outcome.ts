import type { JobStep } from '#lib/jobs/job-event'
import { type PlannedChange, type PlannedStep, readPlan } from './plan.ts'
import type { ComposeAction } from './request.ts'

const words: readonly [change: PlannedChange, words: string][] = [
  ['build', 'built'],
  ['pull', 'pulled'],
  ['create', 'created'],
  ['recreate', 'recreated'],
  ['restart', 'restarted'],
  ['start', 'started'],
  ['remove', 'removed'],
]

/** What an action did, in a line, from every step it took: "1 image built, 2 containers created"; "nothing to do" when nothing changed. */
export function successWords(action: ComposeAction, steps: readonly JobStep[]): string {
  const plan = readPlan(steps)
  const count = (noun: PlannedStep['noun'], change: PlannedChange): number =>
    plan.filter((each) => each.noun === noun && each.change === change).length
  const parts = words.flatMap(([change, word]) => [
    ...countWords(count('image', change), 'image', word),
    ...countWords(count('container', change), 'container', word),
    ...(change === 'remove' ? countWords(count('volume', change), 'volume', word) : []),
  ])
  if (parts.length > 0) return parts.join(', ')
  return action.verb === 'run' ? 'ended well' : 'nothing to do: all of it is so already'
}

const countWords = (count: number, noun: string, word: string): string[] =>
  count === 0 ? [] : [`${count} ${noun}${count === 1 ? '' : 's'} ${word}`]

/** Why an action failed, in a line, from the steps and what Compose called errors. */
export function failureWords(
  steps: readonly JobStep[],
  errors: readonly string[],
  exitCode: number | null,
): string {
  const built = steps.find(({ state, parentId }) => state === 'failed' && parentId?.startsWith('build '))
  if (built) {
    const service = built.parentId?.slice('build '.length)
    const code = /exit code: (\d+)/.exec(built.error ?? '')?.[1]
    return `build${service ? ` of ${service}` : ''} failed${code ? `, exit code ${code}` : `: ${built.error ?? ''}`}`
  }
  const last = errors.findLast((line) => line.trim() !== '')
  if (last !== undefined) return plainError(last)
  const failed = steps.find(({ state }) => state === 'failed')
  if (failed) return `${failed.label}: ${failed.error ?? failed.detail ?? 'failed'}`
  return exitCode === null ? 'Compose was ended' : `Compose ended with exit code ${exitCode}`
}

/** An error of Compose or the Engine without the path it came by. */
export function plainError(line: string): string {
  const port =
    /Bind for \S*:(\d+) failed: port is already allocated|failed to bind host port for (?:\[.*?\]|[^\s:[]*):(\d+):\S+: address already in use|listen tcp\w* \S*:(\d+): bind: address already in use/.exec(
      line,
    )
  if (port) return `port ${port.slice(1).find(Boolean)} is taken already`
  const variable = /required variable (\S+) is missing a value(?:: (.*))?/.exec(line)
  if (variable) return `variable ${variable[1]} is not set${variable[2] ? `: ${variable[2]}` : ''}`
  return (
    proxyRefusal(line) ??
    line.replace(/^(?:Error response from daemon: |failed to solve: |validating \S+: )+/, '')
  )
}

/** What a filtering socket proxy answered Compose, with the switches it lacks; null for every other error. */
function proxyRefusal(line: string): string | null {
  const [, words = ''] = /^(.*?)(?:Error response from daemon: )?<html>.*403 Forbidden/.exec(line) ?? []
  if (!/<h1>403 Forbidden/.test(line)) return null
  const noun = /network|volume|image|container|build/i.exec(words)?.[0].toLowerCase()
  const needed = noun === 'build' ? 'BUILD' : noun ? `${noun.toUpperCase()}S` : null
  const what = words.replace(/[:\s]+$/, '')
  if (needed === null)
    return 'the socket proxy refuses it: Compose needs CONTAINERS=1, IMAGES=1, NETWORKS=1, VOLUMES=1 and POST=1'
  return `the socket proxy refuses it: it needs ${needed}=1${/\blist/.test(words) ? '' : ' and POST=1'} (${what})`
}

import { readBytes, readDuration } from './quantities.ts'

/** The Engine refuses less: a container needs room for its own start. */
const leastMemoryBytes = 6 * 2 ** 20

const durationProblem = (text: string): string | null =>
  readDuration(text) === null ? `“${text}” is not a time: write 30s, 1m30s or 500ms.` : null

const checks: Readonly<Record<string, (text: string) => string | null>> = {
  memory: (text) => {
    const bytes = readBytes(text)
    if (bytes === null) return `“${text}” is not a size: write 512m or 2g.`
    return bytes > 0 && bytes < leastMemoryBytes ? 'Too small: the Engine wants at least 6m.' : null
  },
  cpus: (text) =>
    /^\d+(\.\d{1,9})?$/.test(text) && Number(text) > 0
      ? null
      : `“${text}” is not a number of processors: write 0.5 or 2.`,
  processes: (text) =>
    /^(?:-1|[1-9]\d{0,8})$/.test(text)
      ? null
      : `“${text}” is not a number of processes: write 100, or -1 for no limit.`,
  restart: (text) =>
    /^(?:no|always|unless-stopped|on-failure(?::\d{1,9})?)$/.test(text)
      ? null
      : `“${text}” is not a restart policy: no, always, unless-stopped, on-failure or on-failure:3.`,
  workingDir: (text) =>
    text.startsWith('/') ? null : `“${text}” is not a full path inside: it begins with /.`,
  hostname: (text) =>
    text.length <= 63 && /^[a-zA-Z0-9]([a-zA-Z0-9_.-]*[a-zA-Z0-9])?$/.test(text)
      ? null
      : `“${text}” is not a host name: letters, digits, - and dots, at most 63.`,
  'health.interval': durationProblem,
  'health.timeout': durationProblem,
  'health.startPeriod': durationProblem,
  'health.retries': (text) =>
    /^[1-9]\d{0,5}$/.test(text) ? null : `“${text}” is not a number of tries: write 3.`,
}

/** What is wrong with the text of a field that takes one value, or null. Empty is fine. */
export function limitProblem(field: string, text: string): string | null {
  return text === '' ? null : (checks[field]?.(text) ?? null)
}

/** How an option of `docker run` is written and where it goes. */
export interface RunFlag {
  /** Long name without dashes, as it is printed. */
  name: string
  short?: string
  /** Older or longer names of the same. */
  aliases?: readonly string[]
  /** `switch` takes a value only after `=`. */
  takes: 'value' | 'switch'
  /**
   * `field`: a field of the form. `other`: kept as it is in the form's further options. `client`: the docker program's own business, nothing to
   * keep. `unknowable`: needs what is only on the person's machine.
   */
  goes: 'field' | 'other' | 'client' | 'unknowable'
  /** For `other`: may stand several times. */
  isList?: boolean
}

const field = (name: string, rest: Partial<RunFlag> = {}): RunFlag => ({
  name,
  takes: 'value',
  goes: 'field',
  ...rest,
})
const onOff = (name: string, rest: Partial<RunFlag> = {}): RunFlag => ({
  name,
  takes: 'switch',
  goes: 'field',
  ...rest,
})
const other = (name: string, rest: Partial<RunFlag> = {}): RunFlag => ({
  name,
  takes: 'value',
  goes: 'other',
  ...rest,
})
const list = (name: string, rest: Partial<RunFlag> = {}): RunFlag => other(name, { isList: true, ...rest })

/** Every option of `docker run` Composure knows. Source: docker run --help, Docker 28. */
export const runFlags: readonly RunFlag[] = [
  onOff('detach', { short: 'd' }),
  onOff('interactive', { short: 'i' }),
  onOff('tty', { short: 't' }),
  onOff('rm'),
  onOff('init'),
  onOff('read-only'),
  onOff('privileged'),
  onOff('publish-all', { short: 'P' }),
  onOff('no-healthcheck'),
  field('name'),
  field('entrypoint'),
  field('publish', { short: 'p' }),
  field('env', { short: 'e' }),
  field('volume', { short: 'v' }),
  field('mount'),
  field('tmpfs'),
  field('network', { aliases: ['net'] }),
  field('network-alias', { aliases: ['net-alias'] }),
  field('ip'),
  field('restart'),
  field('memory', { short: 'm' }),
  field('cpus'),
  field('pids-limit'),
  field('user', { short: 'u' }),
  field('workdir', { short: 'w' }),
  field('hostname', { short: 'h' }),
  field('label', { short: 'l' }),
  field('health-cmd'),
  field('health-interval'),
  field('health-timeout'),
  field('health-start-period'),
  field('health-retries'),
  list('add-host'),
  list('annotation'),
  other('blkio-weight'),
  list('cap-add'),
  list('cap-drop'),
  other('cgroup-parent'),
  other('cgroupns'),
  other('cpu-period'),
  other('cpu-quota'),
  other('cpu-shares', { short: 'c' }),
  other('cpuset-cpus'),
  other('cpuset-mems'),
  list('device'),
  list('device-cgroup-rule'),
  list('dns'),
  list('dns-option', { aliases: ['dns-opt'] }),
  list('dns-search'),
  other('domainname'),
  list('expose'),
  other('gpus'),
  list('group-add'),
  other('health-start-interval'),
  other('ip6'),
  other('ipc'),
  list('link'),
  other('log-driver'),
  list('log-opt'),
  other('mac-address'),
  other('memory-reservation'),
  other('memory-swap'),
  other('memory-swappiness'),
  other('oom-kill-disable', { takes: 'switch' }),
  other('oom-score-adj'),
  other('pid'),
  other('platform'),
  other('runtime'),
  list('security-opt'),
  other('shm-size'),
  other('stop-signal'),
  other('stop-timeout'),
  list('storage-opt'),
  list('sysctl'),
  list('ulimit'),
  other('userns'),
  other('uts'),
  other('volume-driver'),
  list('volumes-from'),
  { name: 'attach', short: 'a', takes: 'value', goes: 'client' },
  { name: 'cidfile', takes: 'value', goes: 'client' },
  { name: 'detach-keys', takes: 'value', goes: 'client' },
  { name: 'disable-content-trust', takes: 'switch', goes: 'client' },
  { name: 'pull', takes: 'value', goes: 'client' },
  { name: 'quiet', short: 'q', takes: 'switch', goes: 'client' },
  { name: 'sig-proxy', takes: 'switch', goes: 'client' },
  { name: 'env-file', takes: 'value', goes: 'unknowable' },
  { name: 'label-file', takes: 'value', goes: 'unknowable' },
]

const byName = new Map(
  runFlags.flatMap((flag) => [flag.name, ...(flag.aliases ?? [])].map((name) => [name, flag] as const)),
)
const byShort = new Map(runFlags.flatMap((flag) => (flag.short ? [[flag.short, flag] as const] : [])))

/** The option with this long name (without dashes), or null. */
export const flagByName = (name: string): RunFlag | null => byName.get(name) ?? null

/** The option with this letter, or null. */
export const flagByLetter = (letter: string): RunFlag | null => byShort.get(letter) ?? null

/** The known option closest to a misspelt one, or null when none is near. */
export function nearestFlag(name: string): string | null {
  let best: string | null = null
  let bestDistance = Math.max(2, Math.floor(name.length / 3)) + 1
  for (const known of byName.keys()) {
    const distance = editDistance(name, known, bestDistance)
    if (distance < bestDistance) [best, bestDistance] = [known, distance]
  }
  return best
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min(
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
        ),
      )
    row = next
  }
  return row.at(-1) ?? limit
}

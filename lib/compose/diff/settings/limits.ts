import type { ComposeService } from '../../model.ts'
import { entriesOf, keyedPairs, numberOf, pair, pairWithDefault, type SettingPair } from '../pair.ts'
import type { RawContainer, RawHost, RawRate } from '../raw.ts'
import { sizeBytes } from '../units.ts'

const defaultShmBytes = 64 * 1024 ** 2

/** How much of the machine the container may use. */
export function limitPairs(service: ComposeService, { HostConfig: host }: RawContainer): SettingPair[] {
  const own = (name: string): unknown => service[name]
  const size = (value: unknown): number | null => sizeBytes(value) || null
  const { limits, reservations } = service.deploy?.resources ?? {}
  return [
    pair('mem_limit', host.Memory || null, size(own('mem_limit') ?? limits?.memory)),
    pair(
      'mem_reservation',
      host.MemoryReservation || null,
      size(own('mem_reservation') ?? reservations?.memory),
    ),
    ...swapPair(service, host),
    ...(host.MemorySwappiness === undefined ? [] : swappinessPair(service, host)),
    pair('cpus', (host.NanoCpus ?? 0) / 1e9 || null, numberOf(own('cpus') ?? limits?.cpus)),
    pair('cpu_shares', host.CpuShares || null, numberOf(own('cpu_shares'))),
    pair('cpu_period', host.CpuPeriod || null, numberOf(own('cpu_period'))),
    pair('cpu_quota', host.CpuQuota || null, numberOf(own('cpu_quota'))),
    pair('cpu_rt_period', host.CpuRealtimePeriod || null, numberOf(own('cpu_rt_period'))),
    pair('cpu_rt_runtime', host.CpuRealtimeRuntime || null, numberOf(own('cpu_rt_runtime'))),
    pair('cpuset', host.CpusetCpus, own('cpuset')),
    pair('pids_limit', host.PidsLimit || null, numberOf(own('pids_limit') ?? limits?.pids)),
    pair('oom_score_adj', host.OomScoreAdj || null, numberOf(own('oom_score_adj'))),
    pair('oom_kill_disable', host.OomKillDisable || null, own('oom_kill_disable') || null),
    pairWithDefault('shm_size', host.ShmSize, size(own('shm_size')), defaultShmBytes),
    ...blkioPairs(service, host),
    ...keyedPairs('storage_opt', new Map(entriesOf(host.StorageOpt)), new Map(entriesOf(own('storage_opt')))),
    ...ulimitPairs(service, host),
  ]
}

/** Without a wish the Engine allows as much swap again as memory. */
function swapPair(service: ComposeService, host: RawHost): SettingPair[] {
  const wanted = service.memswap_limit
  const after = wanted === undefined ? null : Number(wanted) === -1 ? -1 : sizeBytes(wanted) || null
  const isOwn = after === null && host.MemorySwap === 2 * (host.Memory ?? 0)
  return [pair('memswap_limit', isOwn ? null : host.MemorySwap || null, after)]
}

function swappinessPair(service: ComposeService, host: RawHost): SettingPair[] {
  // The Engine drops it where the kernel has no such thing (cgroup v2), and keeps null or -1.
  const kept = (host.MemorySwappiness ?? -1) < 0 ? null : host.MemorySwappiness
  return kept === null ? [] : [pair('mem_swappiness', kept, service.mem_swappiness)]
}

interface ComposeBlkio {
  weight?: number
  weight_device?: { path?: string; weight?: number }[]
  [rates: string]: unknown
}

function blkioPairs(service: ComposeService, host: RawHost): SettingPair[] {
  const wanted = (service.blkio_config ?? {}) as ComposeBlkio
  const rates = (list: unknown): Map<string, string> =>
    new Map(
      (Array.isArray(list) ? (list as (RawRate & { path?: string; rate?: unknown })[]) : []).map((each) => [
        each.Path ?? each.path ?? '',
        String(sizeBytes(each.Rate ?? each.rate) ?? ''),
      ]),
    )
  return [
    pair('blkio_config.weight', host.BlkioWeight || null, wanted.weight || null),
    ...(
      [
        ['device_read_bps', host.BlkioDeviceReadBps],
        ['device_read_iops', host.BlkioDeviceReadIOps],
        ['device_write_bps', host.BlkioDeviceWriteBps],
        ['device_write_iops', host.BlkioDeviceWriteIOps],
      ] as const
    ).flatMap(([name, before]) => keyedPairs(`blkio_config.${name}`, rates(before), rates(wanted[name]))),
  ]
}

/** The Engine adds its own defaults when it starts a container: what only it has is a guess. */
function ulimitPairs(service: ComposeService, host: RawHost): SettingPair[] {
  const before = new Map(
    (host.Ulimits ?? []).map(({ Name = '', Soft = 0, Hard = 0 }) => [Name, ulimitWords(Soft, Hard)]),
  )
  const after = new Map(
    Object.entries((service.ulimits ?? {}) as Record<string, number | { soft?: number; hard?: number }>).map(
      ([name, limit]) => [
        name,
        typeof limit === 'number' ? ulimitWords(limit, limit) : ulimitWords(limit.soft ?? 0, limit.hard ?? 0),
      ],
    ),
  )
  return keyedPairs('ulimits', before, after).map((each) => ({ ...each, isGuess: each.after === null }))
}

const ulimitWords = (soft: number, hard: number): string => (soft === hard ? `${soft}` : `${soft}:${hard}`)

import type { StatsSample } from './stats.ts'

/** What we read of `GET /containers/{id}/stats`; every part can be missing (other cgroup version, host network, stopped). */
export interface RawStats {
  read?: string
  cpu_stats?: RawCpu
  memory_stats?: { usage?: number; limit?: number; stats?: Record<string, number> }
  networks?: Record<string, { rx_bytes?: number; tx_bytes?: number }>
  blkio_stats?: { io_service_bytes_recursive?: { op?: string; value?: number }[] | null }
  pids_stats?: { current?: number }
}

interface RawCpu {
  cpu_usage?: { total_usage?: number; percpu_usage?: number[] }
  system_cpu_usage?: number
  online_cpus?: number
}

/** The sample between two readings of one container; null when there is nothing between them (it stopped, or is the same reading). */
export function sampleBetween(before: RawStats, now: RawStats): StatsSample | null {
  const atMs = Date.parse(now.read ?? '')
  const seconds = (atMs - Date.parse(before.read ?? '')) / 1000
  if (!(seconds > 0) || !now.cpu_stats?.system_cpu_usage) return null
  const rate = (total: (raw: RawStats) => number): number =>
    Math.max(0, (total(now) - total(before)) / seconds)
  return {
    atMs,
    cpuPercent: cpuPercent(before.cpu_stats ?? {}, now.cpu_stats),
    memoryBytes: memoryBytes(now),
    memoryLimitBytes: now.memory_stats?.limit ?? 0,
    networkReceivedBytesPerSecond: rate((raw) => networkBytes(raw, 'rx_bytes')),
    networkSentBytesPerSecond: rate((raw) => networkBytes(raw, 'tx_bytes')),
    diskReadBytesPerSecond: rate((raw) => diskBytes(raw, 'read')),
    diskWrittenBytesPerSecond: rate((raw) => diskBytes(raw, 'write')),
    processCount: now.pids_stats?.current ?? 0,
  }
}

// As `docker stats`: the container's share of the machine's time, times the processors.
function cpuPercent(before: RawCpu, now: RawCpu): number {
  const used = (now.cpu_usage?.total_usage ?? 0) - (before.cpu_usage?.total_usage ?? 0)
  const passed = (now.system_cpu_usage ?? 0) - (before.system_cpu_usage ?? 0)
  const cpus = now.online_cpus || now.cpu_usage?.percpu_usage?.length || 1
  return used > 0 && passed > 0 ? (used / passed) * cpus * 100 : 0
}

// cgroup v1 says total_inactive_file, v2 inactive_file; the page cache is not the container's need.
function memoryBytes(raw: RawStats): number {
  const usage = raw.memory_stats?.usage ?? 0
  const parts = raw.memory_stats?.stats ?? {}
  const cache = parts.total_inactive_file ?? parts.inactive_file ?? 0
  return cache < usage ? usage - cache : usage
}

function networkBytes(raw: RawStats, field: 'rx_bytes' | 'tx_bytes'): number {
  return Object.values(raw.networks ?? {}).reduce((sum, network) => sum + (network[field] ?? 0), 0)
}

function diskBytes(raw: RawStats, op: 'read' | 'write'): number {
  const entries = raw.blkio_stats?.io_service_bytes_recursive ?? []
  return entries.reduce((sum, entry) => sum + (entry.op?.toLowerCase() === op ? (entry.value ?? 0) : 0), 0)
}

import { describe, expect, it } from 'vitest'
import { type RawStats, sampleBetween } from './stats-sample.ts'

const before: RawStats = {
  read: '2026-01-01T00:00:00.000000000Z',
  cpu_stats: { cpu_usage: { total_usage: 1_000_000_000 }, system_cpu_usage: 100_000_000_000, online_cpus: 4 },
  memory_stats: { usage: 50_000_000, limit: 100_000_000, stats: { inactive_file: 10_000_000 } },
  networks: { eth0: { rx_bytes: 1000, tx_bytes: 0 }, eth1: { rx_bytes: 1000, tx_bytes: 0 } },
  blkio_stats: { io_service_bytes_recursive: [{ op: 'read', value: 0 }] },
  pids_stats: { current: 7 },
}
const now: RawStats = {
  ...before,
  read: '2026-01-01T00:00:02.000000000Z',
  cpu_stats: { cpu_usage: { total_usage: 3_000_000_000 }, system_cpu_usage: 108_000_000_000, online_cpus: 4 },
  networks: { eth0: { rx_bytes: 2000, tx_bytes: 500 }, eth1: { rx_bytes: 3000, tx_bytes: 0 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'Read', value: 4096 },
      { op: 'write', value: 8192 },
      { op: 'Total', value: 12_288 },
    ],
  },
}

describe('sampleBetween', () => {
  it('counts as docker stats does, and makes rates of what grew', () => {
    expect(sampleBetween(before, now)).toEqual({
      atMs: Date.parse('2026-01-01T00:00:02Z'),
      cpuPercent: 100,
      memoryBytes: 40_000_000,
      memoryLimitBytes: 100_000_000,
      networkReceivedBytesPerSecond: 1500,
      networkSentBytesPerSecond: 250,
      diskReadBytesPerSecond: 2048,
      diskWrittenBytesPerSecond: 4096,
      processCount: 7,
    })
  })

  it('reads the memory of cgroup v1', () => {
    const memory_stats = { usage: 50, limit: 100, stats: { total_inactive_file: 20, inactive_file: 1 } }
    expect(sampleBetween(before, { ...now, memory_stats })?.memoryBytes).toBe(30)
  })

  it('says nothing for the empty readings of a stopped container, and never less than nothing', () => {
    expect(sampleBetween(before, { read: '0001-01-01T00:00:00Z' })).toBeNull()
    expect(sampleBetween(now, now)).toBeNull()
    const restarted = { ...now, networks: {}, cpu_stats: { ...before.cpu_stats, system_cpu_usage: 1 } }
    expect(sampleBetween(before, restarted)).toMatchObject({
      cpuPercent: 0,
      networkReceivedBytesPerSecond: 0,
    })
  })

  it('stands missing parts: host network, no disk, no limit', () => {
    const bare: RawStats = {
      read: now.read ?? '',
      cpu_stats: now.cpu_stats ?? {},
      blkio_stats: { io_service_bytes_recursive: null },
    }
    expect(sampleBetween({ read: before.read ?? '' }, bare)).toMatchObject({
      memoryBytes: 0,
      processCount: 0,
    })
  })
})

import 'server-only'
import { printBytes } from '#lib/run/quantities'
import type { RunOption } from '#lib/run/run-spec'
import type { RawConfig, RawHost } from './raw-container.ts'

/** What an Engine gives a container that asks for nothing. */
export interface EngineDefaults {
  cgroupns: 'host' | 'private'
}

const standardShmBytes = 64 * 2 ** 20

/** The further options a container was made with: what differs from the Engine's and the image's own. */
export function copiedOptions(
  config: RawConfig,
  base: Partial<RawConfig>,
  host: RawHost,
  engine: EngineDefaults,
): RunOption[] {
  const each = (name: string, values: unknown): RunOption[] =>
    Array.isArray(values) ? values.map((value) => ({ name, value: String(value) })) : []
  const one = (name: string, value: unknown): RunOption[] =>
    (typeof value === 'string' || typeof value === 'number') && value !== '' && value !== 0
      ? [{ name, value: String(value) }]
      : []
  const pairs = (name: string, values: unknown): RunOption[] =>
    Object.entries((values ?? {}) as Record<string, string>).map(([key, value]) => ({
      name,
      value: `${key}=${value}`,
    }))
  const log = host.LogConfig as { Type?: string; Config?: Record<string, string> } | undefined
  const isDefaultLog = log?.Type === 'json-file' && Object.keys(log.Config ?? {}).length === 0
  const ulimits = (host.Ulimits ?? []) as { Name: string; Soft: number; Hard: number }[]
  const devices = (host.Devices ?? []) as {
    PathOnHost: string
    PathInContainer: string
    CgroupPermissions: string
  }[]
  const options = [
    ...each('add-host', host.ExtraHosts),
    ...each('cap-add', host.CapAdd),
    ...each('cap-drop', host.CapDrop),
    ...one('cgroupns', host.CgroupnsMode === engine.cgroupns ? '' : host.CgroupnsMode),
    ...one('cpu-shares', host.CpuShares),
    ...one('cpuset-cpus', host.CpusetCpus),
    ...devices.map((device) => ({
      name: 'device',
      value: `${device.PathOnHost}:${device.PathInContainer}:${device.CgroupPermissions}`,
    })),
    ...each('dns', host.Dns),
    ...each('dns-option', host.DnsOptions),
    ...each('dns-search', host.DnsSearch),
    ...one('domainname', config.Domainname),
    ...each('group-add', host.GroupAdd),
    ...one('ipc', /^(?:private|shareable)$/.test(String(host.IpcMode ?? '')) ? '' : host.IpcMode),
    ...(isDefaultLog ? [] : [...one('log-driver', log?.Type), ...pairs('log-opt', log?.Config)]),
    ...(host.MemoryReservation
      ? [{ name: 'memory-reservation', value: printBytes(Number(host.MemoryReservation)) }]
      : []),
    ...one('pid', host.PidMode),
    ...one('runtime', host.Runtime === 'runc' ? '' : host.Runtime),
    ...each('security-opt', host.SecurityOpt),
    ...(host.ShmSize && host.ShmSize !== standardShmBytes
      ? [{ name: 'shm-size', value: printBytes(Number(host.ShmSize)) }]
      : []),
    ...one('stop-signal', config.StopSignal === base.StopSignal ? '' : config.StopSignal),
    ...one('stop-timeout', config.StopTimeout),
    ...pairs('sysctl', host.Sysctls),
    ...ulimits.map(({ Name, Soft, Hard }) => ({ name: 'ulimit', value: `${Name}=${Soft}:${Hard}` })),
    ...one('userns', host.UsernsMode),
    ...one('uts', host.UTSMode),
  ]
  return options.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

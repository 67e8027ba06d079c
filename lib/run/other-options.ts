import { parsePort } from './port-syntax.ts'
import { readBytes, readDuration } from './quantities.ts'
import { flagByName, nearestFlag } from '../run-line/run-flags.ts'
import type { RunOption } from './run-spec.ts'

/** What the Engine is sent for one option: at `config` (the body itself) or `host` (its HostConfig). */
interface Effect {
  config?: Record<string, unknown>
  host?: Record<string, unknown>
}

/** Reads an option's value into what the Engine takes; a text says what is wrong. Lists and records of one option are joined. */
type Reader = (value: string) => Effect | string

const host =
  (key: string): Reader =>
  (value) => ({ host: { [key]: value } })
const config =
  (key: string): Reader =>
  (value) => ({ config: { [key]: value } })
const hostList =
  (key: string): Reader =>
  (value) => ({ host: { [key]: [value] } })

const hostNumber =
  (key: string): Reader =>
  (value) =>
    /^-?\d{1,15}$/.test(value) ? { host: { [key]: Number(value) } } : `“${value}” is not a whole number.`

const hostBytes =
  (key: string): Reader =>
  (value) => {
    const bytes = value === '-1' ? -1 : readBytes(value)
    return bytes === null ? `“${value}” is not a size: write 64m or 1g.` : { host: { [key]: bytes } }
  }

const hostPair =
  (key: string): Reader =>
  (value) => {
    const equals = value.indexOf('=')
    return equals <= 0
      ? `“${value}” is not name=value.`
      : { host: { [key]: { [value.slice(0, equals)]: value.slice(equals + 1) } } }
  }

const readers: Readonly<Record<string, Reader>> = {
  'add-host': (value) =>
    /^[^:=\s]+[:=].+$/.test(value)
      ? { host: { ExtraHosts: [value.replace(/^([^:=]+)=/, '$1:')] } }
      : `“${value}” is not host:address.`,
  annotation: hostPair('Annotations'),
  'blkio-weight': hostNumber('BlkioWeight'),
  'cap-add': hostList('CapAdd'),
  'cap-drop': hostList('CapDrop'),
  'cgroup-parent': host('CgroupParent'),
  cgroupns: host('CgroupnsMode'),
  'cpu-period': hostNumber('CpuPeriod'),
  'cpu-quota': hostNumber('CpuQuota'),
  'cpu-shares': hostNumber('CpuShares'),
  'cpuset-cpus': host('CpusetCpus'),
  'cpuset-mems': host('CpusetMems'),
  device: readDevice,
  'device-cgroup-rule': hostList('DeviceCgroupRules'),
  dns: hostList('Dns'),
  'dns-option': hostList('DnsOptions'),
  'dns-search': hostList('DnsSearch'),
  domainname: config('Domainname'),
  expose: (value) => {
    const port = parsePort(value)
    if (typeof port === 'string') return port
    return { config: { ExposedPorts: { [`${port.containerPort}/${port.protocol}`]: {} } } }
  },
  gpus: readGpus,
  'group-add': hostList('GroupAdd'),
  'health-start-interval': (value) => {
    const nanoseconds = readDuration(value)
    return nanoseconds === null
      ? `“${value}” is not a time: write 5s.`
      : { config: { Healthcheck: { StartInterval: nanoseconds } } }
  },
  // Where it belongs is known only beside the network: see create-body.ts.
  ip6: () => ({}),
  ipc: host('IpcMode'),
  link: hostList('Links'),
  'log-driver': (value) => ({ host: { LogConfig: { Type: value } } }),
  'log-opt': (value) => {
    const equals = value.indexOf('=')
    return equals <= 0
      ? `“${value}” is not name=value.`
      : { host: { LogConfig: { Config: { [value.slice(0, equals)]: value.slice(equals + 1) } } } }
  },
  'mac-address': config('MacAddress'),
  'memory-reservation': hostBytes('MemoryReservation'),
  'memory-swap': hostBytes('MemorySwap'),
  'memory-swappiness': hostNumber('MemorySwappiness'),
  'oom-kill-disable': () => ({ host: { OomKillDisable: true } }),
  'oom-score-adj': hostNumber('OomScoreAdj'),
  pid: host('PidMode'),
  // Goes into the query of the call.
  platform: () => ({}),
  runtime: host('Runtime'),
  'security-opt': (value) => ({
    host: { SecurityOpt: [value.replace(/^no-new-privileges$/, 'no-new-privileges=true')] },
  }),
  'shm-size': hostBytes('ShmSize'),
  'stop-signal': config('StopSignal'),
  'stop-timeout': (value) =>
    /^-?\d{1,9}$/.test(value)
      ? { config: { StopTimeout: Number(value) } }
      : `“${value}” is not a number of seconds.`,
  'storage-opt': hostPair('StorageOpt'),
  sysctl: hostPair('Sysctls'),
  ulimit: readUlimit,
  userns: host('UsernsMode'),
  uts: host('UTSMode'),
  'volume-driver': host('VolumeDriver'),
  'volumes-from': hostList('VolumesFrom'),
}

function readDevice(value: string): Effect | string {
  const parts = value.split(':')
  const [outside = '', second, third] = parts
  // A device class such as vendor.com/gpu=0, which the Engine's own registry resolves.
  if (!outside.startsWith('/'))
    return /^[\w.-]+\/[\w.-]+=[\w.:-]+$/.test(value)
      ? { host: { DeviceRequests: [{ Driver: 'cdi', DeviceIDs: [value] }] } }
      : `“${value}” is not a device: write /dev/ttyUSB0.`
  const isModeSecond = second !== undefined && third === undefined && /^[rwm]{1,3}$/.test(second)
  return {
    host: {
      Devices: [
        {
          PathOnHost: outside,
          PathInContainer: isModeSecond ? outside : second || outside,
          CgroupPermissions: (isModeSecond ? second : third) ?? 'rwm',
        },
      ],
    },
  }
}

function readGpus(value: string): Effect | string {
  const capabilities = [['gpu']]
  if (value === 'all') return { host: { DeviceRequests: [{ Count: -1, Capabilities: capabilities }] } }
  if (/^\d{1,3}$/.test(value))
    return { host: { DeviceRequests: [{ Count: Number(value), Capabilities: capabilities }] } }
  const ids = /^"?device=([\w,:.-]+)"?$/.exec(value)?.[1]
  return ids === undefined
    ? `“${value}” is not known here: all, a number, or device=0,1.`
    : { host: { DeviceRequests: [{ DeviceIDs: ids.split(','), Capabilities: capabilities }] } }
}

function readUlimit(value: string): Effect | string {
  const match = /^([a-z]+)=(-?\d{1,19})(?::(-?\d{1,19}))?$/.exec(value)
  if (!match) return `“${value}” is not a limit: write nofile=1024:2048.`
  const soft = Number(match[2])
  return {
    host: {
      Ulimits: [{ Name: match[1], Soft: soft, Hard: match[3] === undefined ? soft : Number(match[3]) }],
    },
  }
}

/** What is wrong with a further option, in words for its line, or null. */
export function optionProblem({ name, value }: RunOption): string | null {
  const flag = flagByName(name)
  if (flag?.goes !== 'other') {
    const near = flag ? null : nearestFlag(name)
    return flag
      ? `--${name} has a field of its own in this form.`
      : `--${name} is not an option Composure knows${near ? `; is it --${near}?` : '.'}`
  }
  if (flag.takes === 'switch') return null
  if (value === '') return `--${name} needs a value after it.`
  const effect = readers[flag.name]?.(value)
  return typeof effect === 'string' ? effect : null
}

/** All further options as the Engine takes them, joined. Call with valid options only. */
export function optionEffects(options: readonly RunOption[]): {
  config: Record<string, unknown>
  host: Record<string, unknown>
} {
  const all = { config: {} as Record<string, unknown>, host: {} as Record<string, unknown> }
  for (const { name, value } of options) {
    const effect = readers[name]?.(value)
    if (effect === undefined || typeof effect === 'string') continue
    all.config = join(all.config, effect.config ?? {})
    all.host = join(all.host, effect.host ?? {})
  }
  return all
}

/** Lists are appended and records merged: options may stand several times. */
export function join(into: Record<string, unknown>, more: Record<string, unknown>): Record<string, unknown> {
  const joined = new Map(Object.entries(into))
  for (const [key, value] of Object.entries(more)) {
    const known = joined.get(key)
    if (Array.isArray(known) && Array.isArray(value))
      joined.set(key, [...(known as unknown[]), ...(value as unknown[])])
    else joined.set(key, isRecord(known) && isRecord(value) ? join(known, value) : value)
  }
  return Object.fromEntries(joined)
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

import type { ComposeService } from '../../model.ts'
import {
  entriesOf,
  keyedPairs,
  listOf,
  pair,
  pairWithDefault,
  plainDollars,
  type SettingPair,
} from '../pair.ts'
import type { EngineDefaults, RawContainer, RawDeviceRequest, RawHost } from '../raw.ts'

/** What keeps the container apart from the machine, and which of the machine's things it gets. */
export function isolationPairs(
  service: ComposeService,
  { HostConfig: host }: RawContainer,
  defaults: EngineDefaults,
): SettingPair[] {
  const own = (name: string): unknown => service[name]
  return [
    pair('privileged', host.Privileged || null, own('privileged') || null),
    pair('read_only', host.ReadonlyRootfs || null, own('read_only') || null),
    pair('cap_add', capabilities(host.CapAdd), capabilities(own('cap_add'))),
    pair('cap_drop', capabilities(host.CapDrop), capabilities(own('cap_drop'))),
    pair('security_opt', securityOf(service, host), listOf(own('security_opt'))),
    pair('userns_mode', host.UsernsMode, own('userns_mode')),
    pair('uts', host.UTSMode, own('uts')),
    namespacePair('pid', host.PidMode, own('pid')),
    ipcPair(service, host),
    // The Engine has a default of its own that it tells nobody: a mode that is no longer asked for cannot be told from it.
    ...(own('cgroup') === undefined ? [] : [pair('cgroup', host.CgroupnsMode, own('cgroup'))]),
    pair('cgroup_parent', host.CgroupParent, own('cgroup_parent')),
    pairWithDefault('runtime', host.Runtime, own('runtime'), defaults.runtime),
    ...keyedPairs('sysctls', new Map(entriesOf(host.Sysctls)), new Map(entriesOf(own('sysctls')))),
    ...keyedPairs(
      'annotations',
      new Map(entriesOf(host.Annotations)),
      new Map(entriesOf(own('annotations'))),
    ),
    ...keyedPairs('devices', devicesOf(host), wantedDevices(service)),
    pair('device_cgroup_rules', host.DeviceCgroupRules, listOf(own('device_cgroup_rules'))),
    ...gpuPairs(service, host),
  ]
}

/** The Engine writes `CAP_` before each name; people mostly do not. */
function capabilities(value: unknown): string[] {
  return listOf(value)
    .map((name) => name.replace(/^CAP_/, ''))
    .sort()
}

/** Without what the Engine adds by itself to a container that shares namespaces with the machine. */
function securityOf(service: ComposeService, host: RawHost): string[] {
  const wanted = new Set(listOf(service.security_opt))
  return (host.SecurityOpt ?? []).filter((each) => each !== 'label=disable' || wanted.has(each))
}

/** A namespace of another service is kept as the id of its container, which says nothing to a reader. */
function namespacePair(setting: string, mode: string | undefined, wanted: unknown): SettingPair {
  const isOfService = typeof wanted === 'string' && wanted.startsWith('service:')
  return isOfService && mode?.startsWith('container:')
    ? pair(setting, wanted, wanted)
    : pair(setting, mode, wanted)
}

function ipcPair({ ipc }: ComposeService, { IpcMode: mode = '' }: RawHost): SettingPair {
  if (ipc !== undefined) return namespacePair('ipc', mode === 'private' && ipc !== 'private' ? '' : mode, ipc)
  return pairWithDefault('ipc', mode, null, 'private')
}

const deviceWords = (source: string, permissions: string): string =>
  permissions === 'rwm' || permissions === '' ? source : `${source}, ${permissions}`

function devicesOf({ Devices: devices }: RawHost): Map<string, string> {
  return new Map(
    (devices ?? []).map(({ PathOnHost = '', PathInContainer = '', CgroupPermissions = '' }) => [
      PathInContainer,
      deviceWords(PathOnHost, CgroupPermissions),
    ]),
  )
}

function wantedDevices(service: ComposeService): Map<string, string> {
  const devices = (service.devices ?? []) as { source: string; target?: string; permissions?: string }[]
  return new Map(
    devices.map(({ source, target, permissions = '' }) => [
      plainDollars(target ?? source),
      deviceWords(plainDollars(source), permissions),
    ]),
  )
}

interface ComposeDevice {
  driver?: string
  count?: number
  device_ids?: string[]
  capabilities?: string[]
}

/** `gpus`, and the devices of `deploy.resources.reservations`. */
function gpuPairs(service: ComposeService, host: RawHost): SettingPair[] {
  const words = (
    driver = '',
    count = 0,
    ids: readonly string[] = [],
    capabilities: readonly string[] = [],
  ): string =>
    [
      ...(count === -1 ? ['all'] : count > 0 ? [`${count}`] : []),
      ...ids,
      ...(driver ? [driver] : []),
      ...capabilities,
    ].join(' ')
  const before = (host.DeviceRequests ?? []).map((request: RawDeviceRequest) =>
    words(request.Driver, request.Count, request.DeviceIDs ?? [], (request.Capabilities ?? []).flat()),
  )
  const gpus = (Array.isArray(service.gpus) ? service.gpus : []) as ComposeDevice[]
  const reserved = (service.deploy?.resources?.reservations?.devices ?? []) as ComposeDevice[]
  const after = [
    ...reserved.map((each) => words(each.driver, each.count, each.device_ids, each.capabilities)),
    ...gpus.map((each) =>
      words(each.driver, each.count, each.device_ids, [...(each.capabilities ?? []), 'gpu']),
    ),
  ]
  return [pair(reserved.length > 0 ? 'deploy.resources.reservations.devices' : 'gpus', before, after)]
}

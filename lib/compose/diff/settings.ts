import { formatCommand } from '#lib/docker/shell-quote'
import type { ComposeHealthcheck, ComposeService } from '../model.ts'
import type { RawConfig, RawContainer, RawHealthcheck } from './raw.ts'
import { durationNs, sizeBytes } from './units.ts'

/** One setting on both sides, in the same words; null is "not set". */
export interface SettingPair {
  setting: string
  before: string | null
  after: string | null
}

/** Every setting that is one value, of the container and of the service (with the image's where the service says nothing). */
export function plainSettings(
  service: ComposeService,
  container: RawContainer,
  image: RawConfig | null,
): SettingPair[] {
  const { Config: config, HostConfig: host } = container
  const pair = (setting: string, before: unknown, after: unknown): SettingPair => ({
    setting,
    before: wordOf(before),
    after: wordOf(after),
  })
  const own = (name: string): unknown => service[name]
  // An entrypoint of the service's own takes the image's command away.
  const inheritedCommand = service.entrypoint ? null : image?.Cmd
  const limits = service.deploy?.resources?.limits
  return [
    pair('command', config.Cmd, plainDollars(service.command) ?? inheritedCommand),
    pair('entrypoint', config.Entrypoint, plainDollars(service.entrypoint) ?? image?.Entrypoint),
    pair('user', config.User, own('user') ?? image?.User),
    pair('working_dir', config.WorkingDir, own('working_dir') ?? image?.WorkingDir),
    ...(own('hostname') === undefined ? [] : [pair('hostname', config.Hostname, own('hostname'))]),
    pair(
      'healthcheck',
      healthWords(config.Healthcheck ?? null),
      wantedHealth(service.healthcheck, image?.Healthcheck ?? null),
    ),
    ...(service.deploy?.restart_policy
      ? []
      : [pair('restart', restartWords(host.RestartPolicy), restartOf(service))]),
    pair('tty', config.Tty || null, own('tty') || null),
    pair('stdin_open', config.OpenStdin || null, own('stdin_open') || null),
    pair('privileged', host.Privileged || null, own('privileged') || null),
    pair('read_only', host.ReadonlyRootfs || null, own('read_only') || null),
    pair('init', host.Init || null, own('init') || null),
    pair('cap_add', capabilities(host.CapAdd), capabilities(own('cap_add'))),
    pair('cap_drop', capabilities(host.CapDrop), capabilities(own('cap_drop'))),
    pair('security_opt', list(host.SecurityOpt), list(own('security_opt'))),
    pair('group_add', list(host.GroupAdd), list(own('group_add'))),
    pair('dns', list(host.Dns), list(own('dns'))),
    pair('stop_signal', config.StopSignal, own('stop_signal') ?? image?.StopSignal),
    pair(
      'stop_grace_period',
      seconds(config.StopTimeout),
      durationNs(text(own('stop_grace_period'))) / 1e9 || null,
    ),
    pair('mem_limit', host.Memory || null, sizeBytes(own('mem_limit') ?? limits?.memory) || null),
    pair('cpus', (host.NanoCpus ?? 0) / 1e9 || null, Number(own('cpus') ?? limits?.cpus ?? 0) || null),
    ...(own('shm_size') === undefined ? [] : [pair('shm_size', host.ShmSize, sizeBytes(own('shm_size')))]),
    ...(own('pid') === undefined ? [] : [pair('pid', host.PidMode, own('pid'))]),
    ...(service.network_mode?.includes(':') === false
      ? [pair('network_mode', host.NetworkMode, service.network_mode)]
      : []),
    ...loggingPair(service, container),
  ]
}

function loggingPair(service: ComposeService, { HostConfig: host }: RawContainer): SettingPair[] {
  const wanted = service.logging as { driver?: string; options?: Record<string, string> } | undefined
  if (!wanted?.driver) return []
  const words = (driver: string | undefined, options: Record<string, string> | null | undefined): string =>
    [
      driver,
      ...Object.entries(options ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .sort((a, b) => (a < b ? -1 : 1)),
    ].join(' ')
  return [
    {
      setting: 'logging',
      before: words(host.LogConfig?.Type, host.LogConfig?.Config),
      after: words(wanted.driver, wanted.options),
    },
  ]
}

function wordOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : formatCommand(value.map(String))
  return typeof value === 'string' ? value : JSON.stringify(value)
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
const seconds = (value: number | null | undefined): number | null => value || null
const plainDollars = (argv: string[] | null | undefined): string[] | undefined =>
  argv?.map((argument) => argument.replaceAll('$$', '$'))

function list(value: unknown): string | null {
  const items = Array.isArray(value) ? value.map(String) : []
  return items.length === 0 ? null : items.sort((a, b) => (a < b ? -1 : 1)).join(', ')
}

/** The Engine writes `CAP_` before each name; people mostly do not. */
function capabilities(value: unknown): string | null {
  return list(Array.isArray(value) ? value.map((name) => String(name).replace(/^CAP_/, '')) : [])
}

const restartOf = ({ restart }: ComposeService): string | null =>
  restart === 'no' ? null : (restart ?? null)

function restartWords(policy: { Name?: string; MaximumRetryCount?: number } | undefined): string | null {
  const { Name: name = '', MaximumRetryCount: count = 0 } = policy ?? {}
  if (name === '' || name === 'no') return null
  return name === 'on-failure' && count > 0 ? `${name}:${count}` : name
}

function wantedHealth(
  check: ComposeHealthcheck | undefined,
  inherited: RawHealthcheck | null,
): string | null {
  if (!check) return healthWords(inherited)
  if (check.disable) return healthWords({ Test: ['NONE'] })
  return healthWords({
    Test: plainDollars(check.test) ?? inherited?.Test ?? [],
    Interval: durationNs(check.interval) || (inherited?.Interval ?? 0),
    Timeout: durationNs(check.timeout) || (inherited?.Timeout ?? 0),
    StartPeriod: durationNs(check.start_period) || (inherited?.StartPeriod ?? 0),
    StartInterval: durationNs(check.start_interval) || (inherited?.StartInterval ?? 0),
    Retries: check.retries ?? inherited?.Retries ?? 0,
  })
}

function healthWords(check: RawHealthcheck | null): string | null {
  if (!check?.Test || check.Test.length === 0) return null
  const span = (name: string, ns = 0): string[] => (ns > 0 ? [`${name} ${ns / 1e9} s`] : [])
  return [
    formatCommand(check.Test),
    ...span('every', check.Interval),
    ...span('timeout', check.Timeout),
    ...span('start period', check.StartPeriod),
    ...span('at first every', check.StartInterval),
    ...(check.Retries ? [`${check.Retries} retries`] : []),
  ].join(', ')
}

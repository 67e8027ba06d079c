import type { ComposeService } from '../../model.ts'
import { listOf, pair, plainDollars, type SettingPair, textOf } from '../pair.ts'
import type { RawConfig, RawContainer } from '../raw.ts'
import { durationNs } from '../units.ts'
import { healthOf, wantedHealth } from './health.ts'

/** What runs in the container and how it is started and stopped, with the image's settings where the service says nothing. */
export function processPairs(
  service: ComposeService,
  { Config: config, HostConfig: host }: RawContainer,
  image: RawConfig | null,
): SettingPair[] {
  const own = (name: string): unknown => service[name]
  const argv = (value: string[] | null | undefined): string[] | undefined => value?.map(plainDollars)
  // An entrypoint of the service's own takes the image's command away.
  const inheritedCommand = service.entrypoint ? null : image?.Cmd
  return [
    pair('command', config.Cmd, argv(service.command) ?? inheritedCommand),
    pair('entrypoint', config.Entrypoint, argv(service.entrypoint) ?? image?.Entrypoint),
    pair('user', config.User, own('user') ?? image?.User),
    pair('working_dir', config.WorkingDir, own('working_dir') ?? image?.WorkingDir),
    pair('healthcheck', healthOf(config.Healthcheck), wantedHealth(service.healthcheck, image?.Healthcheck)),
    pair('restart', restartOf(host.RestartPolicy), wantedRestart(service)),
    pair('tty', config.Tty || null, own('tty') || null),
    pair('stdin_open', config.OpenStdin || null, own('stdin_open') || null),
    pair('init', host.Init || null, own('init') || null),
    pair('group_add', host.GroupAdd, listOf(own('group_add'))),
    pair('stop_signal', config.StopSignal, own('stop_signal') ?? image?.StopSignal),
    pair(
      'stop_grace_period',
      config.StopTimeout || null,
      durationNs(textOf(own('stop_grace_period'))) / 1e9 || null,
    ),
  ]
}

function restartOf(policy: { Name?: string; MaximumRetryCount?: number } | undefined): string | null {
  const { Name: name = '', MaximumRetryCount: count = 0 } = policy ?? {}
  if (name === '' || name === 'no') return null
  return name === 'on-failure' && count > 0 ? `${name}:${count}` : name
}

/** As Compose turns it into a policy: `restart` comes before `deploy.restart_policy`. */
function wantedRestart({ restart, deploy }: ComposeService): string | null {
  if (restart) return restart === 'no' ? null : restart
  const { condition = '', max_attempts: count = 0 } = deploy?.restart_policy ?? {}
  return restartOf({ Name: condition === 'any' ? 'unless-stopped' : condition, MaximumRetryCount: count })
}

import { secretValues } from '#lib/docker/mask-document'
import { maskCommand, maskKnownValues, maskValue } from '#lib/docker/secret-text'
import type { ComposeModel, ComposeService } from '../model.ts'
import {
  environmentOf,
  labelsOf,
  mountsOf,
  networksOf,
  portsOf,
  wantedMounts,
  wantedPorts,
} from './collections.ts'
import type { RawConfig, RawContainer } from './raw.ts'
import { plainSettings } from './settings.ts'

/** One setting that differs between what runs and what the files say; null is "not set". Secrets are masked. */
export interface SettingChange {
  /** As the compose file calls it: `image`, `environment.LOG_LEVEL`, `ports`. */
  setting: string
  before: string | null
  after: string | null
}

export interface DiffInput {
  model: ComposeModel
  serviceName: string
  container: RawContainer
  /** The configuration of the image the container was made from; null when the image is gone. */
  image: RawConfig | null
  /** The id the service's image reference has now; null when it is not here. */
  wantedImageId: string | null
}

/** What differs, setting by setting. Empty when nothing that is compared does: Compose looks at a few more things. */
export function diffService(input: DiffInput): SettingChange[] {
  const service = input.model.services[input.serviceName]
  if (!service) return []
  const { container, image, model } = input
  const secrets = secretsOf(input, service)
  const changes = [
    ...imageChanges(input, service),
    ...plainSettings(service, container, image).flatMap(({ setting, before, after }) =>
      before === after ? [] : [{ setting, before: hide(before), after: hide(after) }],
    ),
    ...mapChanges('environment', environmentOf(container.Config, image), wantedEnvironment(service)),
    ...mapChanges(
      'labels',
      labelsOf(container.Config, image),
      new Map(Object.entries(service.labels ?? {}).map(unescaped)),
    ),
    ...mapChanges('ports', portsOf(container.HostConfig), wantedPorts(service)),
    ...mapChanges('volumes', mountsOf(container), wantedMounts(service, model)),
    ...(service.network_mode
      ? []
      : mapChanges('networks', networksOf(container), wantedNetworks(service, model))),
  ]
  const clean = (value: string | null): string | null =>
    value === null ? null : maskKnownValues(value, secrets)
  return changes.map(({ setting, before, after }) => ({
    setting,
    before: clean(before),
    after: clean(after),
  }))
}

/** The secret values of both sides: a command or a health check may repeat one. */
function secretsOf({ container }: DiffInput, service: ComposeService): string[] {
  const wanted = [...wantedEnvironment(service)].map(([name, value]) => `${name}=${value}`)
  const labels = Object.fromEntries(Object.entries(service.labels ?? {}).map(unescaped))
  return [
    ...secretValues(container.Config.Env ?? [], container.Config.Labels ?? {}),
    ...secretValues(wanted, labels),
  ]
}

function imageChanges(
  { model, serviceName, container, wantedImageId }: DiffInput,
  service: ComposeService,
): SettingChange[] {
  const wanted = service.image ?? `${model.name}-${serviceName}`
  const running = container.Config.Image ?? ''
  if (running !== wanted && !running.startsWith('sha256:'))
    return [{ setting: 'image', before: running, after: wanted }]
  if (wantedImageId === null || wantedImageId === container.Image) return []
  return [
    {
      setting: 'image',
      before: `${wanted} (${short(container.Image)})`,
      after: `${wanted} (${short(wantedImageId)}, newer)`,
    },
  ]
}

const short = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12)

function wantedEnvironment(service: ComposeService): Map<string, string> {
  return new Map(
    Object.entries(service.environment ?? {}).flatMap(([name, value]) =>
      value === null ? [] : [unescaped([name, value])],
    ),
  )
}

function wantedNetworks(service: ComposeService, model: ComposeModel): Map<string, string> {
  const keys = Object.keys(service.networks ?? { default: null })
  return new Map(keys.map((key) => [model.networks?.[key]?.name ?? `${model.name}_${key}`, 'connected']))
}

/** `config` doubles each dollar, so that its output can be read as a compose file again. */
function unescaped([name, value]: [string, unknown]): [string, string] {
  return [name, String(value).replaceAll('$$', '$')]
}

function mapChanges(
  setting: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): SettingChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort((a, b) => (a < b ? -1 : 1))
  return names
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => {
      const show = (value: string | undefined): string | null =>
        value === undefined ? null : maskValue(name, value).value
      return { setting: `${setting}.${name}`, before: show(before.get(name)), after: show(after.get(name)) }
    })
}

const hide = (value: string | null): string | null => (value === null ? null : maskCommand(value))

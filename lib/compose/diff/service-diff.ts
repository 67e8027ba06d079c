import { secretValues } from '#lib/docker/secrets/mask-document'
import { maskCommand, maskKnownValues } from '#lib/docker/secrets/secret-text'
import type { ComposeModel, ComposeService } from '../model.ts'
import { mountPairs } from './keyed/mounts.ts'
import { networkPairs } from './keyed/networks.ts'
import { portPairs } from './keyed/ports.ts'
import { variablePairs, wantedEnvironment } from './keyed/variables.ts'
import { entriesOf, listOf, type SettingPair, textOf } from './pair.ts'
import type { EngineDefaults, RawConfig, RawContainer } from './raw.ts'
import { isolationPairs } from './settings/isolation.ts'
import { limitPairs } from './settings/limits.ts'
import { loggingPair } from './settings/logging.ts'
import { addressPairs, namingPairs } from './settings/naming.ts'
import { processPairs } from './settings/process.ts'

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
  /** What the Engine gives a container that asks for nothing. */
  defaults: EngineDefaults
  /** Services whose containers are recreated as well: those that share their namespaces follow. */
  replaced: ReadonlySet<string>
}

/**
 * What differs, setting by setting. Empty when nothing that is compared does: some settings leave no trace on a container.
 * What the Engine may have set by itself is told only when there is no other reason.
 */
export function diffService(input: DiffInput): SettingChange[] {
  const service = input.model.services[input.serviceName]
  if (!service) return []
  const different = [
    ...imageChanges(input, service),
    ...allPairs(input, service).filter(({ before, after, isDifferent }) => before !== after || isDifferent),
  ]
  const certain = different.filter(({ isGuess = false }) => !isGuess)
  const secrets = secretsOf(input, service)
  const clean = (value: string | null): string | null =>
    value === null ? null : maskKnownValues(maskCommand(value), secrets)
  return (certain.length > 0 ? certain : different).map(({ setting, before, after }) => ({
    setting,
    before: clean(before),
    after: clean(after),
  }))
}

function allPairs(input: DiffInput, service: ComposeService): SettingPair[] {
  const { model, serviceName, container, image, defaults, replaced } = input
  return [
    ...processPairs(service, container, image),
    ...limitPairs(service, container),
    ...isolationPairs(service, container, defaults),
    ...namingPairs(model.name, serviceName, service, container),
    ...addressPairs(service, container, image),
    loggingPair(service, container.HostConfig, defaults),
    ...variablePairs(service, container, image),
    ...portPairs(service, container.HostConfig),
    ...mountPairs(service, model, container, image),
    ...leaningPairs(service, replaced),
    ...networkPairs(serviceName, service, model, container),
  ]
}

/** The secret values of both sides: a command or a health check may repeat one. */
function secretsOf({ container }: DiffInput, service: ComposeService): string[] {
  const wanted = [...wantedEnvironment(service)].map(([name, value]) => `${name}=${value}`)
  const labels = Object.fromEntries(entriesOf(service.labels))
  return [
    ...secretValues(container.Config.Env ?? [], container.Config.Labels ?? {}),
    ...secretValues(wanted, labels),
  ]
}

/** A container in another's namespace is recreated with it: the setting is the same, and leads to another container. */
function leaningPairs(service: ComposeService, replaced: ReadonlySet<string>): SettingPair[] {
  return (['network_mode', 'ipc', 'pid', 'volumes_from'] as const).flatMap((setting) => {
    const words = setting === 'volumes_from' ? listOf(service[setting]) : [textOf(service[setting]) ?? '']
    const found = words.find((each) => replaced.has(each.replace(/^service:/, '').replace(/:r[ow]$/, '')))
    return found === undefined ? [] : [{ setting, before: found, after: found, isDifferent: true }]
  })
}

function imageChanges(
  { model, serviceName, container, wantedImageId }: DiffInput,
  service: ComposeService,
): SettingPair[] {
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

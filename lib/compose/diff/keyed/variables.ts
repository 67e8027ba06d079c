import { maskValue } from '#lib/docker/secrets/secret-text'
import type { ComposeService } from '../../model.ts'
import { entriesOf, keyedPairs, plainDollars, type SettingPair } from '../pair.ts'
import type { RawConfig, RawContainer } from '../raw.ts'

/** Environment and labels by name; a value that looks secret is masked. */
export function variablePairs(
  service: ComposeService,
  { Config: config }: RawContainer,
  image: RawConfig | null,
): SettingPair[] {
  return [
    ...masked('environment', environmentOf(config, image), wantedEnvironment(service)),
    ...masked('labels', labelsOf(config, image), new Map(entriesOf(service.labels))),
  ]
}

/** The variables a service asks for. */
export function wantedEnvironment(service: ComposeService): Map<string, string> {
  return new Map(
    Object.entries(service.environment ?? {}).flatMap(([name, value]) =>
      value === null ? [] : [[name, plainDollars(value)]],
    ),
  )
}

function masked(
  setting: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): SettingPair[] {
  return keyedPairs(setting, before, after)
    .filter((each) => each.before !== each.after)
    .map((each) => {
      const name = each.setting.slice(setting.length + 1)
      const show = (value: string | null): string | null =>
        value === null ? null : maskValue(name, value).value
      return { ...each, before: show(each.before), after: show(each.after), isDifferent: true }
    })
}

/** The variables a container has of its own: what its image brings along unchanged is not the service's. */
function environmentOf(config: RawConfig, image: RawConfig | null): Map<string, string> {
  const inherited = new Set(image?.Env ?? [])
  return new Map((config.Env ?? []).filter((entry) => !inherited.has(entry)).map(splitPair))
}

function splitPair(entry: string): [string, string] {
  const at = entry.indexOf('=')
  return at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)]
}

/** The labels a container has of its own, without Compose's and the image's. */
function labelsOf(config: RawConfig, image: RawConfig | null): Map<string, string> {
  return new Map(
    Object.entries(config.Labels ?? {}).filter(
      ([name, value]) => !name.startsWith('com.docker.compose.') && image?.Labels?.[name] !== value,
    ),
  )
}

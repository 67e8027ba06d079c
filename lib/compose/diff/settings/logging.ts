import type { ComposeService } from '../../model.ts'
import { byText, entriesOf, pair, pairWithDefault, type SettingPair } from '../pair.ts'
import type { EngineDefaults, RawHost } from '../raw.ts'

/** The Engine adds its own options to those of its default driver, so an unset one is compared only for want of another reason. */
export function loggingPair(
  service: ComposeService,
  { LogConfig: log }: RawHost,
  defaults: EngineDefaults,
): SettingPair {
  const wanted = service.logging as { driver?: string; options?: Record<string, string> } | undefined
  const words = (driver = '', options: unknown): string =>
    [
      driver,
      ...entriesOf(options)
        .map(([key, value]) => `${key}=${value}`)
        .sort(byText),
    ]
      .filter(Boolean)
      .join(' ')
  const before = words(log?.Type, log?.Config)
  if (wanted?.driver) return pair('logging', before, words(wanted.driver, wanted.options))
  if (wanted?.options) return pair('logging', words('', log?.Config), words('', wanted.options))
  return pairWithDefault('logging', before, null, defaults.loggingDriver)
}

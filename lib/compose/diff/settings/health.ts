import { formatCommand } from '#lib/docker/shell-quote'
import type { ComposeHealthcheck } from '../../model.ts'
import { plainDollars } from '../pair.ts'
import type { RawHealthcheck } from '../raw.ts'
import { durationNs } from '../units.ts'

/** A health check as one line; null for none. */
export function healthOf(check: RawHealthcheck | null | undefined): string | null {
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

/** The health check a service asks for, part by part from the image where it says nothing. */
export function wantedHealth(
  check: ComposeHealthcheck | undefined,
  inherited: RawHealthcheck | null | undefined,
): string | null {
  if (!check) return healthOf(inherited)
  if (check.disable) return healthOf({ Test: ['NONE'] })
  return healthOf({
    Test: check.test?.map(plainDollars) ?? inherited?.Test ?? [],
    Interval: durationNs(check.interval) || (inherited?.Interval ?? 0),
    Timeout: durationNs(check.timeout) || (inherited?.Timeout ?? 0),
    StartPeriod: durationNs(check.start_period) || (inherited?.StartPeriod ?? 0),
    StartInterval: durationNs(check.start_interval) || (inherited?.StartInterval ?? 0),
    Retries: check.retries ?? inherited?.Retries ?? 0,
  })
}

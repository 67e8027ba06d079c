import { formatCommand } from '#lib/docker/shell-quote'

/** One setting on both sides, in the same words; null is "not set". */
export interface SettingPair {
  setting: string
  before: string | null
  after: string | null
  /** The Engine may have set it by itself: told only when nothing else explains why Compose recreates. */
  isGuess?: boolean
  /** It differs even if both sides read the same: a secret, masked. */
  isDifferent?: boolean
}

/** Compares two values of one setting; empty text, empty lists, null and undefined are "not set". */
export function pair(setting: string, before: unknown, after: unknown): SettingPair {
  return { setting, before: wordOf(before), after: wordOf(after) }
}

/** The same where a container has a value even if nobody set one: without a wish of the service's it is a guess. */
export function pairWithDefault(
  setting: string,
  before: unknown,
  after: unknown,
  ownDefault: unknown,
): SettingPair {
  const isOwn = wordOf(before) === wordOf(ownDefault)
  if (wordOf(after) !== null)
    return pair(setting, isOwn && wordOf(after) !== wordOf(ownDefault) ? null : before, after)
  return { ...pair(setting, isOwn ? null : before, null), isGuess: true }
}

/** A pair for each key of two maps, in order of the keys. */
export function keyedPairs(
  setting: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): SettingPair[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort(byText)
  return names.map((name) => ({
    setting: `${setting}.${name}`,
    before: before.get(name) ?? null,
    after: after.get(name) ?? null,
  }))
}

function wordOf(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  if (Array.isArray(value)) return value.length === 0 ? null : formatCommand(value.map(String))
  return typeof value === 'string' ? value : JSON.stringify(value)
}

export const byText = (a: string, b: string): number => (a < b ? -1 : 1)

/** `config` doubles each dollar, so that its output can be read as a compose file again. */
export const plainDollars = (text: string): string => text.replaceAll('$$', '$')
export const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)
export const numberOf = (value: unknown): number | null => Number(value ?? 0) || null
export const listOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((each) => plainDollars(String(each))) : []
/** The entries of a mapping of the model as text. */
export const entriesOf = (value: unknown): [string, string][] =>
  Object.entries((value ?? {}) as Record<string, unknown>).map(([key, each]) => [
    key,
    plainDollars(String(each)),
  ])

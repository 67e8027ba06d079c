import { parseMount, parseTmpfs, parseVolume } from '../run/mount-syntax.ts'
import { parseNetwork } from '../run/network-syntax.ts'
import { optionProblem } from '../run/other-options.ts'
import { parsePort } from '../run/port-syntax.ts'
import type { LineProblem } from './line-problem.ts'
import type { RunFlag } from './run-flags.ts'
import type { RunMount, RunSpec } from '../run/run-spec.ts'
import { emptyRunSpec } from '../run/empty-run-spec.ts'
import { limitProblem } from '../run/run-limits.ts'

interface Place {
  start: number
  end: number
}

/** A spec while a line is read: names and addresses inside networks may stand before their network. */
export interface RunDraft {
  spec: RunSpec
  aliases: string[]
  ip: string
  /** Where the first of them stood. */
  aliasPlace: Place | null
  finish: () => { spec: RunSpec; problem: LineProblem | null }
}

export function readDraft(): RunDraft {
  const draft: RunDraft = {
    spec: { ...structuredClone(emptyRunSpec), isDetached: false },
    aliases: [],
    ip: '',
    aliasPlace: null,
    finish: () => finish(draft),
  }
  return draft
}

function finish({ spec, aliases, ip, aliasPlace }: RunDraft): { spec: RunSpec; problem: LineProblem | null } {
  // A stable sort: options that may stand several times keep their order.
  spec.others = spec.others.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const [first] = spec.networks
  if (first) {
    first.aliases.push(...aliases)
    if (ip !== '') first.ip = ip
  } else if (aliasPlace) {
    const message = 'Names and addresses inside need a network of your own: add --network.'
    return { spec, problem: { message, ...aliasPlace } }
  }
  return { spec, problem: null }
}

/** Puts one option into the draft; a text says what is wrong with its value. */
export function setField(draft: RunDraft, flag: RunFlag, value: string, place: Place): string | null {
  const isOn = /^(?:true|1|t)$/i.test(value)
  if (flag.goes === 'other') return setOther(draft.spec, flag, value, isOn)
  if (flag.takes === 'switch') return setSwitch(draft.spec, flag.name, isOn)
  if (flag.name === 'network-alias' || flag.name === 'ip') {
    draft.aliasPlace ??= place
    if (flag.name === 'ip') draft.ip = value
    else draft.aliases.push(value)
    return null
  }
  return setValue(draft.spec, flag.name, value)
}

function setOther(spec: RunSpec, flag: RunFlag, value: string, isOn: boolean): string | null {
  if (!flag.isList) spec.others = spec.others.filter(({ name }) => name !== flag.name)
  if (flag.takes === 'switch') {
    if (isOn) spec.others.push({ name: flag.name, value: '' })
    return null
  }
  spec.others.push({ name: flag.name, value })
  return optionProblem({ name: flag.name, value })
}

function setSwitch(spec: RunSpec, name: string, isOn: boolean): string | null {
  switch (name) {
    case 'detach':
      spec.isDetached = isOn
      return null
    case 'interactive':
      spec.isInteractive = isOn
      return null
    case 'tty':
      spec.hasTty = isOn
      return null
    case 'rm':
      spec.isRemovedAtEnd = isOn
      return null
    case 'init':
      spec.hasInit = isOn
      return null
    case 'read-only':
      spec.isReadOnly = isOn
      return null
    case 'privileged':
      spec.isPrivileged = isOn
      return null
    case 'publish-all':
      spec.publishesAll = isOn
      return null
    case 'no-healthcheck':
      spec.health.isOff = isOn
      return null
    default:
      return `--${name} is not known here.`
  }
}

const healthFields: Readonly<Record<string, 'command' | 'interval' | 'timeout' | 'startPeriod' | 'retries'>> =
  {
    'health-cmd': 'command',
    'health-interval': 'interval',
    'health-timeout': 'timeout',
    'health-start-period': 'startPeriod',
    'health-retries': 'retries',
  }

const textFields: Readonly<
  Record<string, 'name' | 'hostname' | 'memory' | 'cpus' | 'processes' | 'user' | 'workingDir' | 'entrypoint'>
> = {
  name: 'name',
  hostname: 'hostname',
  memory: 'memory',
  cpus: 'cpus',
  'pids-limit': 'processes',
  user: 'user',
  workdir: 'workingDir',
  entrypoint: 'entrypoint',
}

function setValue(spec: RunSpec, name: string, value: string): string | null {
  const healthField = healthFields[name]
  if (healthField) {
    spec.health[healthField] = value
    return limitProblem(`health.${healthField}`, value)
  }
  const textField = textFields[name]
  if (textField) {
    spec[textField] = value
    return limitProblem(textField, value)
  }
  switch (name) {
    case 'restart':
      spec.restart = value === 'no' ? '' : value
      return limitProblem('restart', spec.restart)
    case 'publish':
      return push(spec.ports, parsePort(value))
    case 'volume':
      return pushMount(spec, parseVolume(value))
    case 'tmpfs':
      return pushMount(spec, parseTmpfs(value))
    case 'mount':
      return pushMount(spec, parseMount(value))
    case 'network':
      return push(spec.networks, parseNetwork(value))
    case 'env':
      return setEnvironment(spec, value)
    case 'label':
      return setLabel(spec, value)
    default:
      return `--${name} is not known here.`
  }
}

function push<Item extends object>(list: Item[], item: Item | string): string | null {
  if (typeof item === 'string') return item
  list.push(item)
  return null
}

function pushMount(spec: RunSpec, mount: RunMount | string): string | null {
  return push(spec.mounts, mount)
}

function setEnvironment(spec: RunSpec, text: string): string | null {
  const equals = text.indexOf('=')
  if (equals < 0) return `${text} without a value is taken from your own shell: write ${text}=value.`
  if (equals === 0) return 'A variable needs a name before the equals sign.'
  spec.environment.push({ name: text.slice(0, equals), value: text.slice(equals + 1) })
  return null
}

function setLabel(spec: RunSpec, text: string): string | null {
  const equals = text.indexOf('=')
  const name = equals < 0 ? text : text.slice(0, equals)
  if (name === '') return 'A label needs a name before the equals sign.'
  spec.labels.push({ name, value: equals < 0 ? '' : text.slice(equals + 1) })
  return null
}

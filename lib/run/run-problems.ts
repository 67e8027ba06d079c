import { containerNameProblem } from '../docker/containers/container-name.ts'
import { imageReferenceProblem } from '../docker/images/image-reference.ts'
import { mountProblem } from './mount-syntax.ts'
import { networkProblem } from './network-syntax.ts'
import { optionProblem } from './other-options.ts'
import { portProblem } from './port-syntax.ts'
import { limitProblem } from './run-limits.ts'
import type { RunSpec } from './run-spec.ts'

/** What is wrong, by field: `name`, `memory`, `ports.0`, `health.interval`. */
export type RunProblems = ReadonlyMap<string, string>

/** An id of an image: what is here but has no name can be run by it. */
export const isImageId = (text: string): boolean => /^(?:sha256:)?[a-f0-9]{12,64}$/.test(text)

/** Everything that is wrong with a spec whatever is on the Engine. The form and the server ask the same. */
export function runProblems(spec: RunSpec): RunProblems {
  const problems = new Map<string, string>()
  const note = (field: string, problem: string | null): void => {
    if (problem !== null && !problems.has(field)) problems.set(field, problem)
  }
  note('image', isImageId(spec.image) ? null : imageReferenceProblem(spec.image))
  note('name', spec.name === '' ? null : containerNameProblem(spec.name, []))
  for (const field of ['hostname', 'restart', 'memory', 'cpus', 'processes', 'workingDir'] as const)
    note(field, limitProblem(field, spec[field]))
  for (const field of ['interval', 'timeout', 'startPeriod', 'retries'] as const)
    note(`health.${field}`, limitProblem(`health.${field}`, spec.health[field]))
  note('health.command', healthProblem(spec))
  note(
    'user',
    /^[\w.@-]*(?::[\w.@-]+)?$/.test(spec.user)
      ? null
      : `“${spec.user}” is not a user: a name or a number, and a group after a colon.`,
  )
  note('restart', restartProblem(spec))
  for (const [index, port] of spec.ports.entries())
    note(`ports.${index}`, portProblem(port) ?? repeatedPort(spec, index))
  for (const [index, mount] of spec.mounts.entries())
    note(`mounts.${index}`, mountProblem(mount) ?? repeatedTarget(spec, index))
  for (const [index, network] of spec.networks.entries())
    note(`networks.${index}`, networkProblem(network, spec.networks))
  note('ports.0', portsWithoutNetwork(spec))
  note('environment', namesProblem(spec.environment.map(({ name }) => name)))
  note('labels', namesProblem(spec.labels.map(({ name }) => name)))
  for (const option of spec.others) note('others', optionProblem(option))
  if ([spec.entrypoint ?? '', ...spec.command].some((text) => text.includes('\0')))
    note('command', 'A command has no NUL in it.')
  return problems
}

function healthProblem({ health }: RunSpec): string | null {
  const isTimed = [health.interval, health.timeout, health.startPeriod, health.retries].some(
    (text) => text !== '',
  )
  return health.isOff && (isTimed || health.command !== '')
    ? 'The check is switched off: take its command and times away.'
    : null
}

function restartProblem({ restart, isRemovedAtEnd }: RunSpec): string | null {
  return isRemovedAtEnd && restart !== '' && restart !== 'no'
    ? 'It cannot be started again when it is removed at its end: choose one.'
    : null
}

function repeatedPort({ ports }: RunSpec, index: number): string | null {
  const port = ports[index]
  if (!port || port.hostPort === '') return null
  const isRepeated = ports
    .slice(0, index)
    .some(
      (other) =>
        other.hostPort === port.hostPort && other.hostIp === port.hostIp && other.protocol === port.protocol,
    )
  return isRepeated ? `Port ${port.hostPort} is published twice.` : null
}

function portsWithoutNetwork({ ports, networks }: RunSpec): string | null {
  const mode = networks[0]?.name ?? ''
  if (ports.length === 0 || !/^(?:none|container:.+)$/.test(mode)) return null
  return `Ports cannot be published on the network ${mode}.`
}

function repeatedTarget({ mounts }: RunSpec, index: number): string | null {
  const target = mounts[index]?.target.replace(/\/+$/, '')
  return mounts.slice(0, index).some((other) => other.target.replace(/\/+$/, '') === target)
    ? `Two mounts stand at ${target}.`
    : null
}

function namesProblem(names: readonly string[]): string | null {
  const bad = names.find((name) => name === '' || /[=\0]/.test(name))
  return bad === undefined ? null : 'A name is empty or has an equals sign in it.'
}

/** True when this container could reach the machine itself, so that only an admin may run it: folders of the machine, privileges, devices, others' namespaces. */
export function reachesTheMachine(spec: RunSpec): string | null {
  if (spec.isPrivileged) return 'privileged'
  const bind = spec.mounts.find(({ type }) => type === 'bind')
  if (bind) return `the folder ${bind.source}`
  const network = spec.networks.find(({ name }) => name === 'host' || name.startsWith('container:'))
  if (network) return `the network ${network.name}`
  const driven = spec.mounts.find(({ options }) => /volume-(?:opt|driver)/.test(options))
  if (driven) return `the volume options of ${driven.target}`
  const option = spec.others.find(({ name, value }) => isPowerful(name, value))
  return option ? `--${option.name}` : null
}

const harmless: ReadonlySet<string> = new Set([
  'add-host',
  'annotation',
  'blkio-weight',
  'cap-drop',
  'cpu-period',
  'cpu-quota',
  'cpu-shares',
  'cpuset-cpus',
  'cpuset-mems',
  'dns',
  'dns-option',
  'dns-search',
  'domainname',
  'expose',
  'group-add',
  'health-start-interval',
  'ip6',
  'link',
  'mac-address',
  'memory-reservation',
  'memory-swap',
  'memory-swappiness',
  'platform',
  'shm-size',
  'stop-signal',
  'stop-timeout',
  'ulimit',
])

function isPowerful(name: string, value: string): boolean {
  if (name === 'security-opt') return !/^no-new-privileges(?:[=:]true)?$/.test(value)
  if (name === 'ipc') return !/^(?:private|none|shareable)$/.test(value)
  if (name === 'cgroupns') return value !== 'private'
  return !harmless.has(name)
}

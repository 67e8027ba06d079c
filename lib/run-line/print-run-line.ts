import { formatCommand } from '../docker/shell-quote.ts'
import { printMount } from '../run/mount-syntax.ts'
import { printNetworks } from '../run/network-syntax.ts'
import { printPort } from '../run/port-syntax.ts'
import { flagByName } from './run-flags.ts'
import type { RunSpec } from '../run/run-spec.ts'

/** The `docker run` that makes this container, as arguments in a fixed order. */
export function runArguments(spec: RunSpec): string[] {
  return ['docker', 'run', ...optionArguments(spec), ...imageArguments(spec)]
}

/** The same as a line for a shell. `parseRunLine` reads it back to the same spec. */
export function printRunLine(spec: RunSpec): string {
  return formatCommand(runArguments(spec))
}

const value = (flag: string, text: string): string[] => (text === '' ? [] : [flag, text])
const flagIf = (isOn: boolean, flag: string): string[] => (isOn ? [flag] : [])

function optionArguments(spec: RunSpec): string[] {
  return [
    ...letters(spec),
    ...flagIf(spec.isRemovedAtEnd, '--rm'),
    ...value('--name', spec.name),
    ...value('--hostname', spec.hostname),
    ...printNetworks(spec.networks),
    ...spec.ports.flatMap((port) => ['-p', printPort(port)]),
    ...flagIf(spec.publishesAll, '-P'),
    ...spec.mounts.flatMap((mount) => {
      const [flag, text] = printMount(mount)
      return [flag === 'volume' ? '-v' : `--${flag}`, text]
    }),
    ...spec.environment.flatMap(({ name, value: text }) => ['-e', `${name}=${text}`]),
    ...value('--restart', spec.restart),
    ...limits(spec),
    ...spec.labels.flatMap(({ name, value: text }) => ['--label', text === '' ? name : `${name}=${text}`]),
    ...health(spec),
    ...others(spec),
    ...(spec.entrypoint === null ? [] : ['--entrypoint', spec.entrypoint]),
  ]
}

function letters({ isDetached, isInteractive, hasTty }: RunSpec): string[] {
  const all = `${isDetached ? 'd' : ''}${isInteractive ? 'i' : ''}${hasTty ? 't' : ''}`
  return all === '' ? [] : [`-${all}`]
}

function limits(spec: RunSpec): string[] {
  return [
    ...value('--memory', spec.memory),
    ...value('--cpus', spec.cpus),
    ...value('--pids-limit', spec.processes),
    ...value('--user', spec.user),
    ...value('--workdir', spec.workingDir),
    ...flagIf(spec.hasInit, '--init'),
    ...flagIf(spec.isReadOnly, '--read-only'),
    ...flagIf(spec.isPrivileged, '--privileged'),
  ]
}

function health({ health: check }: RunSpec): string[] {
  if (check.isOff) return ['--no-healthcheck']
  return [
    ...value('--health-cmd', check.command),
    ...value('--health-interval', check.interval),
    ...value('--health-timeout', check.timeout),
    ...value('--health-start-period', check.startPeriod),
    ...value('--health-retries', check.retries),
  ]
}

function others(spec: RunSpec): string[] {
  return spec.others.flatMap(({ name, value: text }) =>
    flagByName(name)?.takes === 'switch' ? [`--${name}`] : [`--${name}`, text],
  )
}

function imageArguments({ image, command }: RunSpec): string[] {
  if (image === '' && command.length === 0) return []
  return [...flagIf(image.startsWith('-'), '--'), image, ...command]
}

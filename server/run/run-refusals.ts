import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { Container } from '#lib/docker/containers/container'
import { readPortRange } from '#lib/run/port-syntax'
import type { RunPort, RunSpec } from '#lib/run/run-spec'
import { programOnPort } from '#server/engine/containers/port-program'
import { snapshot } from '#server/engine/model/live-model'

const said = (message: string): string => message.trim().replace(/\.?$/, '.')

/** Why the Engine would not create it, at its field; null leaves the general words. It tells most of them apart by text only. */
export function createRefusal(spec: RunSpec, message: string): CodedError | null {
  if (/is already in use by container/.test(message)) {
    const id = /by container "?([a-f0-9]{12,64})/.exec(message)?.[1]?.slice(0, 12)
    return new CodedError(
      'name_taken',
      `The container ${id ?? ''} has the name ${spec.name} already.`.replace('  ', ' '),
      {
        hint: 'Choose another name, or rename or remove that container.',
      },
    )
  }
  if (/no such image/i.test(message))
    return new CodedError('image_not_found', `${spec.image} is not on this machine.`, {
      hint: `Pull it first: docker pull ${spec.image}.`,
    })
  if (/network .* not found|could not find a network/i.test(message)) return networkMissing(spec, message)
  if (/no such container/i.test(message))
    return at('networks.0', 'The container whose network it should share is not there.')
  if (/bind source path does not exist/.test(message)) return mountMissing(spec, message)
  if (/minimum memory limit/i.test(message)) return at('memory', 'Too small: the Engine wants at least 6m.')
  if (/range of cpus/i.test(message)) return at('cpus', said(message))
  if (/memory/i.test(message)) return at('memory', said(message))
  if (/invalid volume specification|mount (?:config|path)|invalid mode|duplicate mount point/i.test(message))
    return at(`mounts.${mountIn(spec, message)}`, said(message))
  if (/invalid (?:container )?name|container name/i.test(message)) return at('name', said(message))
  if (/restart policy/i.test(message)) return at('restart', said(message))
  if (/healthcheck|Interval in Healthcheck/i.test(message)) return at('health.interval', said(message))
  if (/no command specified/i.test(message))
    return at('command', 'The image has no command of its own: write one.')
  return null
}

function at(field: string, message: string): CodedError {
  return new CodedError('bad_request', `${field}: ${message}`)
}

function networkMissing(spec: RunSpec, message: string): CodedError {
  const index = Math.max(
    0,
    spec.networks.findIndex(({ name }) => message.includes(name)),
  )
  return at(
    `networks.${index}`,
    `There is no network ${spec.networks[index]?.name ?? ''}: create it first, or choose another.`,
  )
}

function mountMissing(spec: RunSpec, message: string): CodedError {
  const index = mountIn(spec, message)
  return at(
    `mounts.${index}`,
    `The folder ${spec.mounts[index]?.source ?? ''} is not on the Engine's machine.`,
  )
}

/** The mount a message is about: the longest source or target it names. */
function mountIn(spec: RunSpec, message: string): number {
  const named = spec.mounts
    .map(({ source, target }, index) => ({
      index,
      length: Math.max(
        message.includes(target) ? target.length : 0,
        source && message.includes(source) ? source.length : 0,
      ),
    }))
    .sort((a, b) => b.length - a.length)
  return named[0]?.index ?? 0
}

/** Why it would not start, at its field; null leaves the general words. */
export function startRefusal(spec: RunSpec, message: string): CodedError | null | Promise<CodedError> {
  if (/port is already allocated|address already in use|ports are not available/i.test(message))
    return portTaken(spec, message)
  if (/executable file not found|no such file or directory/.test(message) && /exec|OCI|runc/.test(message)) {
    const program = /exec: "([^"]+)"/.exec(message)?.[1] ?? spec.command[0] ?? ''
    const field = spec.workingDir !== '' && /chdir/.test(message) ? 'workingDir' : 'command'
    return at(field, `${program || 'The command'} is not in the image.`)
  }
  if (/permission denied/.test(message) && /exec|runc|OCI/.test(message))
    return at('command', 'The command is in the image but cannot be executed: it lacks the x permission.')
  if (/unable to find user|no matching entries in passwd/i.test(message))
    return at('user', `The image has no user ${spec.user}.`)
  if (/unable to find group/i.test(message)) return at('user', `The image has no group of ${spec.user}.`)
  if (/network .* not found/i.test(message)) return networkMissing(spec, message)
  if (/address .* (?:is )?(?:in use|already allocated)|Address already in use/i.test(message))
    return at('networks.0', 'Another container has this address.')
  if (/invalid address|no configured subnet|user specified IP address/i.test(message))
    return at('networks.0', said(message))
  if (/error mounting|mount.*(?:not a directory|no such)/i.test(message))
    return at(`mounts.${mountIn(spec, message)}`, said(message).slice(0, 600))
  return null
}

async function portTaken(spec: RunSpec, message: string): Promise<CodedError> {
  const taken = Number(/:(\d{1,5})(?::|\s|$)[^:]*(?:failed|already|bind)?/.exec(message)?.[1] ?? 0)
  const named = [...message.matchAll(/:(\d{1,5})\b/g)].map(([, port]) => Number(port))
  const index = spec.ports.findIndex((port) => named.some((each) => isIn(port, each)))
  const port = named.find((each) => spec.ports[index] && isIn(spec.ports[index], each)) ?? taken
  const holder = holderOf(port, spec.ports[index]?.protocol ?? 'tcp')
  const program = holder ? null : await programOnPort(port)
  const who = holder ? `the container ${holder.name}` : (program ?? 'a program on this machine')
  return new CodedError(
    'bad_request',
    `ports.${Math.max(0, index)}: Port ${port || 'of the host'} is held by ${who}.`,
    {
      hint: holder
        ? `Publish another port, or stop ${holder.name}.`
        : program
          ? 'It is a program of this machine: publish another port, or stop it.'
          : `Publish another port. To see the program: ss -ltnp 'sport = :${port}'.`,
    },
  )
}

function isIn({ hostPort }: RunPort, port: number): boolean {
  const range = readPortRange(hostPort)
  return range !== null && port >= range.first && port <= range.last
}

function holderOf(port: number, protocol: RunPort['protocol']): Container | undefined {
  return snapshot().containers.find(({ ports }) =>
    ports.some((each) => each.hostPort === port && each.protocol === protocol),
  )
}

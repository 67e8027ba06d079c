import 'server-only'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { ComposeModel, ComposePort } from '#lib/compose/model'
import type { Preflight } from '#lib/compose/preview'
import { type Container, isAlive } from '#lib/docker/containers/container'
import { isOnEngineMachine } from '#server/files/bind-source'
import { ownContainerId } from '#server/engine/itself'
import { programOnPort } from '#server/engine/containers/port-program'
import { snapshot } from '#server/engine/model/live-model'

/** What would stop these services from starting, or surprise: ports somebody holds, folders that are not there. */
export async function preflight(model: ComposeModel, services: readonly string[]): Promise<Preflight[]> {
  const found = await Promise.all(
    services.map(async (service) => [
      ...(await Promise.all(
        (model.services[service]?.ports ?? []).map((port) => portProblem(model.name, service, port)),
      )),
      ...(await bindProblems(model, service)),
      nameProblem(model, service),
    ]),
  )
  return [...portsTwice(model, services), ...found.flat().filter((each) => each !== null)]
}

/** Null when nobody else holds the port, as far as this can be seen from here. */
async function portProblem(project: string, service: string, port: ComposePort): Promise<Preflight | null> {
  const { published = '', protocol = 'tcp', host_ip: ip = '' } = port
  const number = Number(published)
  if (!Number.isInteger(number) || number === 0) return null
  const holder = holderOf(number, protocol, ip)
  // Its own container gives the port back when it is replaced.
  if (holder?.compose?.project === project && holder.compose.service === service) return null
  if (holder)
    return {
      level: 'stops',
      service,
      text: `Port ${number} is held by the container ${holder.name}.`,
      hint: `Stop ${holder.name}, or publish another port.`,
    }
  if (protocol !== 'tcp' || ownContainerId() !== null || (await isFree(number, ip))) return null
  return {
    level: 'stops',
    service,
    ...programWords(number, await programOnPort(number)),
  }
}

/** By name where it can be seen, else with the command that shows it. */
export function programWords(port: number, program: string | null): { text: string; hint: string } {
  if (program !== null)
    return {
      text: `Port ${port} is held by ${program}, a program of this machine and not of a container.`,
      hint: 'Stop it, or publish another port.',
    }
  return {
    text: `Port ${port} is held by a program on this machine, not by a container.`,
    hint: `See which: ss -ltnp sport = :${port}. Stop it, or publish another port.`,
  }
}

/** A `container_name` that a container outside of the service has. */
function nameProblem(model: ComposeModel, service: string): Preflight | null {
  const wanted = model.services[service]?.container_name
  const holder = wanted && snapshot().containers.find(({ name }) => name === wanted)
  if (!holder || (holder.compose?.project === model.name && holder.compose.service === service)) return null
  const whose = holder.compose ? `, of the project ${holder.compose.project}` : ''
  return {
    level: 'stops',
    service,
    text: `The name ${wanted} is taken by the container ${holder.id.slice(0, 12)}${whose}.`,
    hint: 'Rename or remove that one, or write another container_name.',
  }
}

/** The container that publishes a port of the machine now, or undefined. */
export function holderOf(number: number, protocol = 'tcp', ip = ''): Container | undefined {
  return snapshot().containers.find((each) => isAlive(each) && holds(each, number, protocol, ip))
}

function holds(container: Container, number: number, protocol: string, ip: string): boolean {
  const isAny = (address: string): boolean => address === '' || address === '0.0.0.0' || address === '::'
  return container.ports.some(
    (port) =>
      port.hostPort === number &&
      port.protocol === protocol &&
      (isAny(ip) || isAny(port.hostIp) || port.hostIp === ip),
  )
}

function isFree(port: number, ip: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'))
    probe.listen({ port, host: ip || '0.0.0.0', exclusive: true }, () => probe.close(() => resolve(true)))
  })
}

/** Two services of the same files that want one port. */
function portsTwice(model: ComposeModel, services: readonly string[]): Preflight[] {
  const first = new Map<string, string>()
  return services.flatMap((service) =>
    (model.services[service]?.ports ?? []).flatMap(
      ({ published = '', protocol = 'tcp', host_ip: ip = '' }): Preflight[] => {
        const key = `${ip}:${published}/${protocol}`
        const other = first.get(key)
        if (Number(published) > 0) first.set(key, service)
        if (other === undefined || other === service) return []
        return [
          {
            level: 'stops',
            service,
            text: `Port ${published} is wanted by ${other} as well.`,
            hint: 'Give one of the two another port.',
          },
        ]
      },
    ),
  )
}

/** Inside a container only what is mounted can be seen: the Engine is asked then. What cannot be told is left to Compose. */
async function bindProblems(model: ComposeModel, service: string): Promise<Preflight[]> {
  const binds = (model.services[service]?.volumes ?? []).filter(({ type }) => type === 'bind')
  const problems = await Promise.all(
    binds.map(async ({ source = '', bind }): Promise<Preflight | null> => {
      const path = source.replaceAll('$$', '$')
      if ((await isThere(path)) !== false) return null
      const isMade = bind?.create_host_path === true
      return {
        level: isMade ? 'warns' : 'stops',
        service,
        text: `${path} is not there.`,
        hint: isMade ? 'Docker will make an empty folder of that name, owned by root.' : 'Make it first.',
      }
    }),
  )
  return problems.filter((each) => each !== null)
}

async function isThere(path: string): Promise<boolean | null> {
  return ownContainerId() === null ? existsSync(/* turbopackIgnore: true */ path) : isOnEngineMachine(path)
}

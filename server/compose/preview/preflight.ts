import 'server-only'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import type { ComposeModel, ComposePort } from '#lib/compose/model'
import type { Preflight } from '#lib/compose/preview'
import { type Container, isAlive } from '#lib/docker/container'
import { ownContainerId } from '#server/engine/itself'
import { snapshot } from '#server/engine/live-model'

/** What would stop these services from starting, or surprise: ports somebody holds, folders that are not there. */
export async function preflight(model: ComposeModel, services: readonly string[]): Promise<Preflight[]> {
  const found = await Promise.all(
    services.map(async (service) => [
      ...(await Promise.all(
        (model.services[service]?.ports ?? []).map((port) => portProblem(model.name, service, port)),
      )),
      ...bindProblems(model, service),
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
    text: `Port ${number} is held by a program on this machine, not by a container.`,
    hint: `See which: ss -ltnp sport = :${number}. Stop it, or publish another port.`,
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

function bindProblems(model: ComposeModel, service: string): Preflight[] {
  // Inside a container only what is mounted can be seen: nothing is said about the rest.
  if (ownContainerId() !== null) return []
  return (model.services[service]?.volumes ?? []).flatMap(({ type, source = '', bind }): Preflight[] => {
    const path = source.replaceAll('$$', '$')
    if (type !== 'bind' || existsSync(/* turbopackIgnore: true */ path)) return []
    const isMade = bind?.create_host_path === true
    return [
      {
        level: isMade ? 'warns' : 'stops',
        service,
        text: `${path} is not there.`,
        hint: isMade ? 'Docker will make an empty folder of that name, owned by root.' : 'Make it first.',
      },
    ]
  })
}

import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { request } from 'node:http'

export interface ReadCost {
  seconds: number
  /** Of the process that reads: ours, or the docker CLI. */
  cpuSeconds: number
}

/** The socket of the Engine the bench runs against. */
export const engineSocket = (process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').replace('unix://', '')

/** Reads a whole log from the Engine's socket and throws it away: what nobody can do better than. */
export function readRaw(containerId: string): Promise<ReadCost> {
  const path = `/containers/${containerId}/logs?stdout=1&stderr=1&timestamps=1&tail=all`
  const started = performance.now()
  const cpu = process.cpuUsage()
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: engineSocket, path, agent: false }, (answer) => {
      answer.on('data', () => undefined)
      answer.on('end', () => {
        const { user, system } = process.cpuUsage(cpu)
        resolve({ seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 })
      })
    })
    call.on('error', reject)
    call.end()
  })
}

/** `docker logs` into nothing. */
export function readWithCli(containerId: string): Promise<ReadCost> {
  const started = performance.now()
  const cpu = childCpuSeconds()
  return new Promise((resolve, reject) => {
    const child = spawn('docker', ['logs', '-t', containerId], { stdio: 'ignore' })
    child.on('error', reject)
    child.on('exit', () =>
      resolve({ seconds: (performance.now() - started) / 1000, cpuSeconds: childCpuSeconds() - cpu }),
    )
  })
}

/** CPU time of children that have ended. Source: /proc/self/stat. */
function childCpuSeconds(): number {
  const fields = selfStat()
  return (Number(fields[13]) + Number(fields[14])) / 100
}

function selfStat(): string[] {
  const stat = readFileSync('/proc/self/stat', 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Milliseconds until the Engine has given the last `count` lines. */
export function readTail(containerId: string, count: number): Promise<number> {
  const path = `/containers/${containerId}/logs?stdout=1&stderr=1&timestamps=1&tail=${count}`
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: engineSocket, path, agent: false }, (answer) => {
      answer.on('data', () => undefined)
      answer.on('end', () => resolve(performance.now() - started))
    })
    call.on('error', reject)
    call.end()
  })
}

/** Log streams open at the Engine's side of its socket, told from all others by who holds the other end. */
export function openEngineSockets(pid: number): number {
  const inodes = new Set(
    readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1] ?? []
      } catch {
        return []
      }
    }),
  )
  // Without `ss`: a connected stream's own inode stands in /proc/net/unix; those without a path are the clients'.
  const lines = readFileSync('/proc/net/unix', 'utf8').split('\n').slice(1)
  return lines.filter((line) => inodes.has(line.trim().split(/\s+/)[6] ?? '')).length
}

/** The Engine's own events of one container, as epoch milliseconds. */
export async function watchEngine(
  containerId: string,
): Promise<{ next: (action: string) => Promise<number>; close: () => void }> {
  const filters = encodeURIComponent(JSON.stringify({ container: [containerId] }))
  const waiting = new Map<string, (ms: number) => void>()
  const call = request({ socketPath: engineSocket, path: `/events?filters=${filters}`, agent: false })
  const answer = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    call.on('response', resolve)
    call.on('error', reject)
    call.end()
  })
  let rest = ''
  answer.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString()).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const event = JSON.parse(line) as { Action: string; timeNano: number }
      waiting.get(event.Action)?.(event.timeNano / 1e6)
      waiting.delete(event.Action)
    }
  })
  answer.on('error', () => undefined)
  return {
    next: (action) => new Promise((resolve) => waiting.set(action, resolve)),
    close: () => call.destroy(),
  }
}

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer } from '../browser/server-process.ts'
import type { BenchServer } from '../bench/bench.ts'
import { addPerson, type Answer, ask, send } from '../engine/front-client.ts'
import type { PrivateEngine } from './private-engine.ts'

/** The production build beside an Engine of the test's own, somebody signed in as admin, and the figures of its process. */
export interface Dashboard extends BenchServer {
  /** A request of the admin's page, and what came back. */
  send: <Value = unknown>(method: string, path: string, body?: unknown) => Promise<Answer & { body: Value }>
  /** One number of /metrics, without `composure_`. */
  metric: (name: string) => Promise<number>
  descriptors: () => number
  memoryMb: () => number
  isAlive: () => boolean
}

/** Starts it; with `PORT` and `COMPOSURE_DATA_DIR` of one that ended it is that one again. */
export async function startDashboard(
  engine: Pick<PrivateEngine, 'socket'>,
  env: Record<string, string | undefined> = {},
  through: readonly string[] = [],
): Promise<Dashboard> {
  const dataDir = env.COMPOSURE_DATA_DIR ?? mkdtempSync(join(tmpdir(), 'composure-faults-'))
  const settings = { DOCKER_HOST: `unix://${engine.socket}`, ...env, COMPOSURE_DATA_DIR: dataDir }
  const started = await startServer(settings, through)
  const server = { ...started, dataDir }
  const person = addPerson(server, 'admin')
  const pid = server.process.pid ?? 0
  return {
    ...server,
    person,
    pid,
    stop: async () => {
      const status = await started.stop()
      if (env.COMPOSURE_DATA_DIR === undefined) rmSync(dataDir, { recursive: true, force: true })
      return status
    },
    send: (method, path, body) => send(server, person, method, path, body),
    metric: async (name) => {
      const { text } = await ask(server, {
        path: '/metrics',
        headers: { cookie: person.cookie, 'x-composure-secret': person.secret },
      })
      const found = new RegExp(`^composure_${name} (\\S+)$`, 'm').exec(text)?.[1]
      if (found === undefined) throw new Error(`/metrics has no ${name}: ${text.slice(0, 200)}`)
      return Number(found)
    },
    descriptors: () => readdirSync(`/proc/${pid}/fd`).length,
    memoryMb: () => Math.round(statusKb(pid, 'VmRSS') / 1024),
    isAlive: () => server.process.exitCode === null && server.process.signalCode === null,
  }
}

function statusKb(pid: number, field: string): number {
  return Number(
    new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0,
  )
}

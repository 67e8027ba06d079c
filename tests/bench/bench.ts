import { execFile, execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { type ServerProcess, startServer } from '../browser/server-process.ts'
import { addPerson, type Person } from '../engine/front-client.ts'

const execute = promisify(execFile)

/** A Composure of the bench's own and somebody signed in as admin. */
export interface BenchServer extends ServerProcess {
  person: Person
  pid: number
}

/** What a measure works with: the real Engine, a dashboard, and a place where everything made is remembered for removal. */
export class Bench {
  readonly isQuick: boolean
  readonly signal: AbortSignal
  /** In front of every name made here. */
  readonly prefix = `bench-${randomBytes(3).toString('hex')}`
  readonly #cleanUps: (() => Promise<unknown> | undefined)[] = []
  #server: Promise<BenchServer> | null = null
  #millionLines: Promise<string> | null = null

  constructor(options: { isQuick: boolean; signal: AbortSignal }) {
    this.isQuick = options.isQuick
    this.signal = options.signal
  }

  /** How often to measure: `count`, or once for `--quick`. */
  rounds(count = 3): number[] {
    return Array.from({ length: this.isQuick ? 1 : count }, (_, round) => round)
  }

  /** Lines of the large log: a million, or 100,000 for `--quick`. */
  get manyLines(): number {
    return this.isQuick ? 100_000 : 1_000_000
  }

  say(text: string): void {
    if (!this.signal.aborted) process.stderr.write(`  ${text}\n`)
  }

  /** Runs the docker CLI; its output without the last line end. */
  async docker(...args: string[]): Promise<string> {
    this.signal.throwIfAborted()
    const { stdout } = await execute('docker', args, { maxBuffer: 64 * 1024 * 1024 })
    return stdout.trimEnd()
  }

  /** Starts a busybox that runs `script`; its full id. */
  run(name: string, script: string, options: string[] = []): Promise<string> {
    const label = ['--label', `composure.bench=${this.prefix}`, '--network', 'none', '--init']
    const args = ['run', '-d', '--name', `${this.prefix}-${name}`, ...label, ...options]
    return this.docker(...args, 'busybox:latest', 'sh', '-c', script)
  }

  /** A container that has written the large log of nginx lines and sleeps. */
  millionLines(): Promise<string> {
    this.#millionLines ??= (async () => {
      const id = await this.run('million', `${accessLog(this.manyLines)}; echo end-of-log; sleep 100000`)
      while ((await this.docker('logs', '--tail', '1', id)) !== 'end-of-log') await pause(100)
      return id
    })()
    return this.#millionLines
  }

  /** The dashboard most measures share. It records nothing: the archive has measures of its own. */
  server(): Promise<BenchServer> {
    this.#server ??= this.newServer({ COMPOSURE_HISTORY: 'off' })
    return this.#server
  }

  /** A dashboard for one measure alone. */
  async newServer(env: Record<string, string | undefined> = {}): Promise<BenchServer> {
    this.signal.throwIfAborted()
    const server = await startServer(env)
    this.onCleanUp(() => server.stop())
    return { ...server, person: addPerson(server, 'admin'), pid: server.process.pid ?? 0 }
  }

  onCleanUp(run: () => Promise<unknown> | undefined): void {
    this.#cleanUps.push(run)
  }

  /** Takes away everything the measures made, last first. */
  async cleanUp(): Promise<void> {
    for (const run of this.#cleanUps.reverse())
      await Promise.resolve()
        .then(run)
        .catch(() => undefined)
    this.#cleanUps.length = 0
    removeContainers(`composure.bench=${this.prefix}`)
  }
}

/** Removes the containers of a label, a few at a time: the Engine takes long for a thousand at once. */
function removeContainers(label: string): void {
  const ids = execFileSync('docker', ['ps', '-aq', '--filter', `label=${label}`], { encoding: 'utf8' })
  const all = ids.split('\n').filter(Boolean)
  for (let at = 0; at < all.length; at += 50)
    execFileSync('docker', ['rm', '-f', '-v', ...all.slice(at, at + 50)], { stdio: 'ignore' })
}

/**
 * An awk program that prints access-log lines as nginx writes them for a small API: a few hundred clients, a few paths,
 * five agents; the same lines each time. The last field is the line's number.
 */
export function accessLog(count: number, from = 1): string {
  const agents = [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
    'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
    'curl/8.5.0',
    'kube-probe/1.31',
  ]
  const paths = ['/', '/health', '/api/items', '/api/items/', '/assets/app.js', '/api/users/', '/api/session']
  return `awk 'BEGIN { srand(7); n = split("${agents.join('|')}", agent, "|"); m = split("${paths.join(' ')}", path, " ")
    for (i = ${from}; i < ${from + count}; i++) {
      r = rand(); p = int(r * r * m) + 1; client = int(rand() * rand() * 250)
      printf "10.0.%d.%d - - [24/Nov/2026:00:%02d:%02d +0000] \\"GET %s%s HTTP/1.1\\" %d %d \\"-\\" \\"%s\\" %d\\n", client % 4, client, (i / 60000) % 60, (i / 1000) % 60, path[p], (p == 4 || p == 6) ? int(rand() * 1000) : "", (rand() < 0.02) ? 500 : 200, (p * 7919) % 50000 + int(rand() * 20), agent[client % n + 1], i
    } }'`
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Waits until `read` gives something true; throws after `timeoutMs`. */
export async function until<Value>(
  read: () => Value | Promise<Value>,
  what: string,
  timeoutMs = 60_000,
): Promise<NonNullable<Value>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const value = await read()
    if (value) return value
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`)
    await pause(10)
  }
}

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** True where a second Engine can be started: root, and the daemon's program is installed. */
export const canRunPrivateEngine = process.getuid?.() === 0 && existsSync('/usr/sbin/dockerd')
if (!canRunPrivateEngine) console.warn('skipped: a second Engine to break needs root and /usr/sbin/dockerd')

interface Options {
  /** Containers go on while the Engine is away (`--live-restore`); else its next start ends them. */
  isLiveRestore?: boolean
  /** Keeps its data on a disk of this size, to be filled. */
  dataMegabytes?: number
}

/** An Engine of the test's own that may be killed and frozen; it has no network and leaves the machine's Engine alone. */
export class PrivateEngine {
  readonly #dir = mkdtempSync(join(tmpdir(), 'composure-engine-'))
  readonly #options: Options
  readonly dataRoot = join(this.#dir, 'data')
  readonly socket = join(this.#dir, 'docker.sock')
  #process: ChildProcess | null = null

  constructor(options: Options = {}) {
    this.#options = options
    if (options.dataMegabytes === undefined) return
    mkdirSync(this.dataRoot)
    const size = `size=${options.dataMegabytes}m`
    execFileSync('mount', ['-t', 'tmpfs', '-o', size, 'composure-test', this.dataRoot])
  }

  /** `more` are options of the daemon, e.g. `--live-restore`. */
  async start(...more: string[]): Promise<void> {
    rmSync(join(this.#dir, 'pid'), { force: true })
    const places = { 'data-root': 'data', 'exec-root': 'exec', pidfile: 'pid' }
    const args = Object.entries(places).map(([option, name]) => `--${option}=${join(this.#dir, name)}`)
    const isolation = '--bridge=none --iptables=false --ip6tables=false --log-level=error'.split(' ')
    if (this.#options.isLiveRestore) isolation.push('--live-restore')
    // In a network of its own: a daemon with --bridge=none deletes the docker0 it sees, and with it the machine's Engine's.
    const options = [...args, ...isolation, ...more, `--host=unix://${this.socket}`]
    const daemon = spawn('unshare', ['--net', '/usr/sbin/dockerd', ...options], { stdio: 'ignore' })
    this.#process = daemon
    while (!(await this.#answers())) {
      if (daemon.exitCode !== null) throw new Error(`dockerd ended with status ${daemon.exitCode}`)
      await sleep(50)
    }
  }

  /** Copies an image of the machine's Engine. */
  load(image: string): void {
    const archive = execFileSync('docker', ['save', image], { maxBuffer: 1_073_741_824 })
    execFileSync('docker', ['-H', `unix://${this.socket}`, 'load'], { input: archive })
  }

  docker(...args: string[]): string {
    const options = { stdio: 'pipe', maxBuffer: 1_073_741_824 } as const
    return execFileSync('docker', ['-H', `unix://${this.socket}`, ...args], options)
      .toString()
      .trim()
  }

  /** Starts a busybox without a network that runs `script` in sh; its full id. */
  run(name: string, script: string, ...options: string[]): string {
    const args = ['--network', 'none', '--init', '--stop-timeout', '1', '--name', name, ...options]
    return this.docker('run', '--detach', ...args, 'busybox:latest', 'sh', '-c', script)
  }

  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(name)
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL')
  }

  /** The regular end; takes 10 s where containers run that do not listen, unless they are to go on. */
  stop(): Promise<void> {
    return this.#end('SIGTERM')
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = this.#process
    if (!running) return
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await gone
    this.#process = null
  }

  async remove(): Promise<void> {
    this.signal('SIGCONT')
    // Only an Engine takes away the containers that outlived it, and it waits 10 s for each that does not listen.
    if (!this.#process && this.#options.isLiveRestore) await this.start()
    if (this.#process) {
      const ids = this.docker('ps', '-q').split('\n').filter(Boolean)
      if (ids.length > 0) this.docker('rm', '-f', ...ids)
    }
    await this.stop()
    this.#killLeftovers()
    // A killed daemon leaves its mounts behind.
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
    for (const place of mounts.map((line) => line.split(' ')[1] ?? ''))
      if (place.startsWith(this.#dir)) execFileSync('umount', ['-l', place])
    rmSync(this.#dir, { recursive: true, force: true })
  }

  /** containerd and its shims are of no killed daemon's family any more; our folder's name tells them. */
  #killLeftovers(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.#dir))
          process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
  }

  #answers(): Promise<boolean> {
    return new Promise((resolve) => {
      const call = request({ socketPath: this.socket, path: '/_ping' }, (response) => {
        response.resume()
        resolve(response.statusCode === 200)
      })
      call.on('error', () => resolve(false))
      call.end()
    })
  }
}

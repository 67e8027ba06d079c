import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** True where a second Engine can be started: root, and the daemon's program is installed. */
export const canRunPrivateEngine = process.getuid?.() === 0 && existsSync('/usr/sbin/dockerd')

/** An Engine of the test's own that may be killed and frozen; it has no network and leaves the machine's Engine alone. */
export class PrivateEngine {
  readonly #dir = mkdtempSync(join(tmpdir(), 'composure-engine-'))
  readonly socket = join(this.#dir, 'docker.sock')
  #process: ChildProcess | null = null

  /** `more` are options of the daemon, e.g. `--live-restore`. */
  async start(...more: string[]): Promise<void> {
    rmSync(join(this.#dir, 'pid'), { force: true })
    const places = { 'data-root': 'data', 'exec-root': 'exec', pidfile: 'pid' }
    const args = Object.entries(places).map(([option, name]) => `--${option}=${join(this.#dir, name)}`)
    const isolation = '--bridge=none --iptables=false --ip6tables=false --log-level=error'.split(' ')
    // In a network of its own: a daemon with --bridge=none deletes the docker0 it sees, and with it the machine's Engine's.
    const command = [
      '--net',
      '/usr/sbin/dockerd',
      ...args,
      ...isolation,
      ...more,
      `--host=unix://${this.socket}`,
    ]
    this.#process = spawn('unshare', command, { stdio: 'ignore' })
    while (!(await this.#answers())) await sleep(50)
  }

  /** Copies an image of the machine's Engine. */
  load(image: string): void {
    const archive = execFileSync('docker', ['save', image], { maxBuffer: 1_073_741_824 })
    execFileSync('docker', ['-H', `unix://${this.socket}`, 'load'], { input: archive })
  }

  docker(...args: string[]): string {
    return execFileSync('docker', ['-H', `unix://${this.socket}`, ...args], { stdio: 'pipe' })
      .toString()
      .trim()
  }

  signal(name: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(name)
  }

  async kill(): Promise<void> {
    const running = this.#process
    if (!running) return
    const gone = new Promise((resolve) => running.once('exit', resolve))
    running.kill('SIGKILL')
    await gone
    this.#process = null
  }

  async remove(): Promise<void> {
    const running = this.#process
    if (running) {
      const gone = new Promise((resolve) => running.once('exit', resolve))
      running.kill('SIGCONT')
      running.kill('SIGTERM')
      await gone
    }
    // A killed daemon leaves its mounts behind.
    const mounts = readFileSync('/proc/mounts', 'utf8').split('\n')
    for (const place of mounts.map((line) => line.split(' ')[1] ?? ''))
      if (place.startsWith(this.#dir)) execFileSync('umount', ['-l', place])
    rmSync(this.#dir, { recursive: true, force: true })
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

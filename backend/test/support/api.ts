import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { password } from './postgres.ts'
import { until } from './until.ts'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export type LogLine = { level: string; time: string; msg: string; [field: string]: unknown }
export type Answer = { status: number; headers: Headers; body: unknown }

/** The real process, seen only from outside: its HTTP answers, its log, its exit code. */
export class Api {
  readonly #process: ChildProcess
  readonly #raw: string[] = []
  readonly #exit: Promise<number | null>

  constructor(databaseUrl: string, env: NodeJS.ProcessEnv = {}) {
    this.#process = spawn(process.execPath, [main], {
      env: {
        PORT: '0',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'debug',
        DATABASE_URL: databaseUrl,
        ...fastRetries,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      if (stream) createInterface(stream).on('line', (line) => this.#raw.push(line))
    }
    this.#exit = once(this.#process, 'close').then(() => this.#process.exitCode)
  }

  /** The first line of the log, from now or before, that the condition holds for. */
  line(what: string, condition: (line: LogLine) => boolean): Promise<LogLine> {
    return until(`the log says ${what}`, () => this.log().find(condition))
  }

  log(): LogLine[] {
    return this.#raw.map(parseLine)
  }

  /** The log as it was written. */
  text(): string {
    return this.#raw.join('\n')
  }

  async url(): Promise<string> {
    const { msg } = await this.line('where it listens', (line) => line.msg.startsWith('Server listening at '))
    return msg.replace('Server listening at ', '')
  }

  async get(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch((await this.url()) + path, init)
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
  }

  send(method: string, path: string, body: unknown): Promise<Answer> {
    return this.get(path, {
      method,
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
  }

  async ready(): Promise<void> {
    await until('the API is ready', async () => (await this.get('/ready')).status === 200)
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal)
  }

  /** The exit code, null when a signal ended it. Also the place where every log is searched for the password. */
  async exitCode(): Promise<number | null> {
    const code = await this.#exit
    for (const secret of [password, encodeURIComponent(password), JSON.stringify(password).slice(1, -1)]) {
      assert.ok(!this.text().includes(secret), 'the password is in the log')
    }
    return code
  }

  /** Ends it and holds it to the promise of every end: exit code 0. */
  async stop(): Promise<void> {
    this.signal('SIGTERM')
    assert.equal(await this.exitCode(), 0, this.text())
  }
}

const fastRetries = { DATABASE_CONNECT_BASE_DELAY_MS: '20', DATABASE_CONNECT_MAX_DELAY_MS: '200' }

/** Every line is JSON with a word for its level and an ISO time. */
function parseLine(text: string): LogLine {
  const line: LogLine = JSON.parse(text)
  assert.match(line.level, /^(trace|debug|info|warn|error|fatal)$/)
  assert.equal(new Date(line.time).toISOString(), line.time)
  assert.equal(typeof line.msg, 'string')
  return line
}

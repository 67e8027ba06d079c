import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WebSocket } from 'ws'
import { execProtocol, execRequest, type ExecServerMessage, readServerMessage } from '#lib/docker/exec'
import { Leftovers } from '#server/exec/leftovers'
import { Sessions } from '#server/exec/sessions'
import { readExecSettings } from '#server/exec/settings'
import { acceptExecSocket } from '#server/exec/socket'

export const docker = (...argv: string[]): string => execFileSync('docker', argv, { encoding: 'utf8' }).trim()
export const owner = { userName: 'ann', sessionHash: 'hash-of-ann', ip: '127.0.0.1', mayForce: true }

/** Starts a container that sleeps; its name carries the process id, so that runs do not meet. */
export function runContainer(name: string, ...argv: string[]): string {
  docker('run', '-d', '--init', '--name', `${name}-${process.pid}`, ...argv)
  return `${name}-${process.pid}`
}

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'composure-exec-'))
}

export function newSessions(dataDir = newDataDir(), settings = {}): Sessions {
  return new Sessions({ ...readExecSettings({ NODE_ENV: 'test' }), ...settings }, new Leftovers(dataDir))
}

export async function until<Value>(
  read: () => Value | Promise<Value>,
  what: string,
  timeoutMs = 20_000,
): Promise<NonNullable<Value>> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const value = await read()
    if (value) return value
    if (Date.now() > deadline) throw new Error(`never came: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** A browser's end of one shell's socket. */
export class Terminal {
  readonly socket: WebSocket
  readonly messages: ExecServerMessage[] = []
  output = Buffer.alloc(0)
  receivedBytes = 0
  isAcking = true
  closeCode: number | null = null

  constructor(address: string, fromByte: number | null = null) {
    this.socket = new WebSocket(address, [execProtocol], { perMessageDeflate: false })
    this.socket.on('open', () => this.say({ type: 'attach', fromByte }))
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) {
        const message = readServerMessage(data.toString())
        if (message) this.messages.push(message)
        return
      }
      this.receivedBytes += data.length
      this.output = Buffer.concat([this.output, data]).subarray(-2_000_000)
      if (this.isAcking) this.say({ type: 'ack', bytes: this.receivedBytes })
    })
    this.socket.on('close', (code) => {
      this.closeCode = code
    })
    this.socket.on('error', () => {})
  }

  say(message: unknown): void {
    this.socket.send(JSON.stringify(message))
  }

  type(text: string): void {
    this.socket.send(Buffer.from(text))
  }

  get text(): string {
    return this.output.toString('utf8')
  }

  async shows(text: string | RegExp): Promise<void> {
    await until(
      () => (typeof text === 'string' ? this.text.includes(text) : text.test(this.text)),
      `${text} in ${JSON.stringify(this.text.slice(-400))}`,
    )
  }

  message<Type extends ExecServerMessage['type']>(
    type: Type,
  ): Promise<Extract<ExecServerMessage, { type: Type }>> {
    return until(
      () =>
        this.messages.findLast(
          (message): message is Extract<ExecServerMessage, { type: Type }> => message.type === type,
        ),
      `message ${type}`,
    )
  }
}

/** A server with nothing but the shells' socket. */
export async function listen(
  sessions: Sessions,
): Promise<{ address: (id: string) => string; close: () => void }> {
  const server = createServer()
  server.on('upgrade', (request, socket, head) => {
    const id = request.url?.slice(1) ?? ''
    acceptExecSocket(request, socket, head, sessions.get(id, owner.sessionHash))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { address: (id) => `ws://127.0.0.1:${port}/${id}`, close: () => server.close() }
}

export const request = (more: Record<string, unknown> = {}) =>
  execRequest.parse({ cols: 101, rows: 33, ...more })

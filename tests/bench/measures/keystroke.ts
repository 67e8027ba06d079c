import { request } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket } from 'ws'
import { ask, change } from '../../engine/front-client.ts'
import { execOpened, execProtocol } from '../../../lib/docker/exec.ts'
import { type Bench, type BenchServer, pause } from '../bench.ts'
import { quantile, type Row } from '../measure.ts'
import { engineSocket } from '../raw-engine.ts'

/** One terminal: what is typed comes back. */
interface Line {
  type: (text: string) => void
  onOutput: (listener: (text: string) => void) => void
  close: () => void
}

/** A key typed into `cat` until its echo is back, through the dashboard's socket and straight at the Engine, in turn. */
export async function measureKeystroke(bench: Bench): Promise<Row[]> {
  const id = await bench.run('echo', 'sleep 100000')
  const server = await bench.server()
  const [own, direct]: [number[], number[]] = [[], []]
  for (const _ of bench.rounds()) {
    const lines = [await throughServer(server, id), await straight(id)] as const
    for (let key = 0; key < 300; key += 1) {
      own.push(await echoMs(lines[0]))
      direct.push(await echoMs(lines[1]))
      await pause(2)
    }
    for (const line of lines) line.close()
  }
  const beyond = (share: number): number => quantile(own, share) - quantile(direct, share)
  return [
    {
      what: 'echo of a key at the socket',
      unit: 'ms',
      values: own,
      yardstick: { name: 'an exec straight at the Engine', values: direct },
      target: {
        text: '<= 1 ms p50, 2 ms p99 more',
        isMet: () => beyond(0.5) <= 1 && beyond(0.99) <= 2,
      },
      note: `more than the Engine’s own: ${beyond(0.5).toFixed(2)} ms p50, ${beyond(0.99).toFixed(2)} ms p99`,
    },
  ]
}

function echoMs(line: Line): Promise<number> {
  return new Promise((resolve) => {
    const started = performance.now()
    line.onOutput(() => resolve(performance.now() - started))
    line.type('x')
  })
}

async function throughServer(server: BenchServer, containerId: string): Promise<Line> {
  const { cookie, secret } = server.person
  const sent = change(server, { cols: 80, rows: 24, command: ['cat'] })
  const answer = await ask(server, {
    ...sent,
    path: `/api/containers/${containerId}/exec`,
    headers: { ...sent.headers, cookie, 'x-composure-secret': secret },
  })
  const { session, ticket } = execOpened.parse(JSON.parse(answer.text))
  const socket = new WebSocket(
    `ws://127.0.0.1:${server.port}/ws/exec/${session.id}`,
    [execProtocol, `composure.ticket.${ticket}`],
    { headers: { cookie, origin: server.url }, perMessageDeflate: false },
  )
  let listener: (text: string) => void = () => undefined
  let receivedBytes = 0
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('open', () => socket.send(JSON.stringify({ type: 'attach', fromByte: null })))
    socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) {
        resolve()
        return
      }
      receivedBytes += data.length
      socket.send(JSON.stringify({ type: 'ack', bytes: receivedBytes }))
      listener(data.toString())
    })
  })
  await pause(200)
  return {
    type: (text) => socket.send(Buffer.from(text)),
    onOutput: (next) => (listener = next),
    close: () => socket.close(),
  }
}

async function straight(containerId: string): Promise<Line> {
  const { Id } = (await post(`/containers/${containerId}/exec`, {
    Cmd: ['cat'],
    Tty: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  })) as { Id: string }
  const socket = await hijack(`/exec/${Id}/start`, { Detach: false, Tty: true })
  let listener: (text: string) => void = () => undefined
  socket.on('data', (data: Buffer) => listener(data.toString()))
  socket.on('error', () => undefined)
  await pause(200)
  return {
    type: (text) => socket.write(text),
    onOutput: (next) => (listener = next),
    close: () => socket.destroy(),
  }
}

function post(path: string, body: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = jsonCall(path, body, {})
    call.on('response', (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => resolve(JSON.parse(text)))
    })
    call.on('error', reject)
  })
}

function hijack(path: string, body: unknown): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const call = jsonCall(path, body, { connection: 'Upgrade', upgrade: 'tcp' })
    call.on('upgrade', (_, socket) => resolve(socket))
    call.on('error', reject)
  })
}

function jsonCall(path: string, body: unknown, headers: Record<string, string>) {
  const text = JSON.stringify(body)
  const all = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers }
  const call = request({ socketPath: engineSocket, method: 'POST', path, headers: all })
  call.end(text)
  return call
}

import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { streamGet } from './stream-get.ts'
import type { EngineAddress } from './open.ts'

const cleanUps: (() => void)[] = []
afterEach(() => cleanUps.splice(0).forEach((run) => run()))

/** An Engine that answers one connection by `answer`, on a socket file as the real one. */
async function engine(answer: (socket: Socket) => void): Promise<EngineAddress> {
  const folder = mkdtempSync(join(tmpdir(), 'stream-body-'))
  const socketPath = join(folder, 'engine.sock')
  const sockets: Socket[] = []
  const server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => answer(socket))
  })
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
    rmSync(folder, { recursive: true })
  })
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  return { socketPath } as EngineAddress
}

async function open(answer: (socket: Socket) => void, signal = new AbortController().signal) {
  return streamGet(await engine(answer), '/x', signal)
}

const head = (line: string): string => `HTTP/1.1 200 OK\r\n${line}\r\n\r\n`
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`

async function all(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += Buffer.from(piece).toString('latin1')
  return text
}

it.each([
  ['a length', `${head('Content-Length: 5')}hello and more`],
  ['chunks', `${head('Transfer-Encoding: chunked')}${chunk('he')}${chunk('llo')}0\r\n\r\n`],
  ['the end of the connection', `${head('Server: old')}hello`],
  ['nothing in it', head('Content-Length: 0')],
])('reads an answer with %s', async (_, text) => {
  const { statusCode, body } = await open((socket) => socket.end(text))
  expect(statusCode).toBe(200)
  expect(await all(body)).toBe(text.includes('hello') || text.includes('llo') ? 'hello' : '')
})

it('puts together what comes byte by byte', async () => {
  const text = `${head('Transfer-Encoding: chunked')}${chunk('one ')}${chunk('two')}0\r\n\r\n`
  const { body } = await open((socket) => {
    socket.setNoDelay(true)
    let at = 0
    const next = (): void => {
      if (at < text.length) socket.write(text[at++] ?? '', () => setImmediate(next))
    }
    next()
  })
  expect(await all(body)).toBe('one two')
})

it.each([
  ['a length', `${head('Content-Length: 50')}hello`],
  ['chunks', `${head('Transfer-Encoding: chunked')}${chunk('hello')}`],
])('says when an answer with %s is broken off', async (_, text) => {
  const { body } = await open((socket) => socket.end(text))
  await expect(all(body)).rejects.toMatchObject({ code: 'ECONNRESET' })
})

it('rejects when the connection ends before the head, and when there is no Engine', async () => {
  await expect(open((socket) => socket.end('HTTP/1.1 200'))).rejects.toMatchObject({ code: 'ECONNRESET' })
  const nobody = { socketPath: join(tmpdir(), 'nobody-listens-here.sock') } as EngineAddress
  await expect(streamGet(nobody, '/', new AbortController().signal)).rejects.toMatchObject({ code: 'ENOENT' })
})

/** Numbered lines, each a chunk, as fast as they are taken; counts the bytes that went out. */
function flood(lineCount: number): { answer: (socket: Socket) => void; sentBytes: () => number } {
  let sent = 0
  const answer = (socket: Socket): void => {
    let line = 0
    const more = (): void => {
      while (line < lineCount) {
        const text = chunk(`${String(line++).padStart(9, '0')} ${'x'.repeat(90)}\n`)
        sent += text.length
        if (!socket.write(text)) {
          socket.once('drain', more)
          return
        }
      }
      socket.end('0\r\n\r\n')
    }
    socket.write(head('Transfer-Encoding: chunked'))
    more()
  }
  return { answer, sentBytes: () => sent }
}

/** What the flood's lines are when each came once and whole. */
const lines = (count: number): string =>
  Array.from({ length: count }, (_, line) => `${String(line).padStart(9, '0')} ${'x'.repeat(90)}\n`).join('')

it('gives every byte once, by iteration and by callback, though its buffers are used again', async () => {
  const byIteration = await open(flood(20_000).answer)
  const byCallback = await open(flood(20_000).answer)
  let called = ''
  const reading = byCallback.body.each((piece) => {
    called += Buffer.from(piece).toString('latin1')
    return true
  })
  expect(await all(byIteration.body)).toBe(lines(20_000))
  await reading
  expect(called).toBe(lines(20_000))
})

it('reads no further ahead than its bound of a reader who stops, and goes on with him', async () => {
  const { answer, sentBytes } = flood(100_000)
  const { body } = await open(answer)
  const reader = body[Symbol.asyncIterator]()
  let text = Buffer.from((await reader.next()).value ?? []).toString('latin1')
  // The sender stands still: what it had room for is in the kernel and ahead of the reader.
  let before = -1
  while (sentBytes() !== before) {
    before = sentBytes()
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
  expect(before).toBeLessThan(2_000_000)
  for (let next = await reader.next(); !next.done; next = await reader.next())
    text += Buffer.from(next.value).toString('latin1')
  expect(text).toBe(lines(100_000))
})

it('ends where it is left: by iteration, by callback, by its signal', async () => {
  const closed = (socket: Socket): Promise<void> =>
    new Promise((resolve) => socket.on('close', () => resolve()))
  const leave = async (read: (body: Awaited<ReturnType<typeof open>>['body']) => Promise<void>) => {
    let gone: Promise<void> = Promise.resolve()
    const { body } = await open((socket) => {
      gone = closed(socket)
      flood(100_000).answer(socket)
    })
    await read(body)
    await gone
  }
  await leave(async (body) => {
    for await (const piece of body) if (piece.length > 0) break
  })
  await leave((body) => body.each(() => false))
  const leaving = new AbortController()
  const { body } = await open((socket) => socket.write(head('Server: x')), leaving.signal)
  const reading = all(body)
  leaving.abort(new Error('seen enough'))
  await expect(reading).rejects.toThrow('seen enough')
})

it('fails where the reader fails', async () => {
  const { body } = await open(flood(10).answer)
  await expect(
    body.each(() => {
      throw new Error('no such frame')
    }),
  ).rejects.toThrow('no such frame')
})

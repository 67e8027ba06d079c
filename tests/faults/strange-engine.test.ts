import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Dashboard, startDashboard } from './dashboard.ts'
import { Page } from './page.ts'
import { report } from './report.ts'
import { since } from './undo.ts'

const answer = (head: string, body: string): string => `HTTP/1.1 200 OK\r\n${head}\r\n\r\n${body}`
const ping = 'Api-Version: 1.51\r\nContent-Length: 2'

/** What answers in the Engine's place, by the first line of what it is asked. */
const strangers = {
  'a web server': () => answer('Content-Type: text/html\r\nContent-Length: 9', '<h1>x</h1'),
  'an Engine of ten years ago': () => answer('Api-Version: 1.30\r\nContent-Length: 2', 'OK'),
  'bytes that are no HTTP': () => '\0\x01\x02 no such thing \r\n\r\n',
  'JSON that breaks off': (asked: string) =>
    asked.includes('/_ping') ? answer(ping, 'OK') : answer('Content-Length: 100000', '[{"Id":"ab'),
  'a body that never ends': (asked: string) =>
    asked.includes('/_ping') ? answer(ping, 'OK') : answer('Transfer-Encoding: chunked', '5\r\n[{"Id\r\n'),
}
const isLeftOpen = (name: string): boolean => name === 'a body that never ends'

/** A socket that is the machine's Engine until somebody else stands behind it. */
class Impostor {
  readonly #dir = mkdtempSync(join(tmpdir(), 'composure-impostor-'))
  readonly socket = join(this.#dir, 'docker.sock')
  readonly #sockets = new Set<Socket>()
  readonly #server: Server
  #name: keyof typeof strangers | null = null

  constructor() {
    this.#server = createServer((near) => {
      this.#sockets.add(near)
      near.on('error', () => undefined).on('close', () => this.#sockets.delete(near))
      if (this.#name === null)
        near.pipe(connect('/var/run/docker.sock').on('error', () => near.destroy())).pipe(near)
      else this.#answer(near, this.#name)
    }).listen(this.socket)
  }

  be(name: keyof typeof strangers | null): void {
    this.#name = name
    for (const socket of this.#sockets) socket.destroy()
  }

  close(): void {
    this.be(null)
    this.#server.close()
    rmSync(this.#dir, { recursive: true, force: true })
  }

  #answer(near: Socket, name: keyof typeof strangers): void {
    near.on('data', (asked) => {
      near.write(strangers[name](asked.toString()))
      if (!isLeftOpen(name) && !asked.toString().includes('/_ping')) near.end()
    })
  }
}

describe('what answers is no Engine, or a broken one', () => {
  const impostor = new Impostor()
  let dashboard: Dashboard
  let page: Page

  beforeAll(async () => {
    dashboard = await startDashboard(impostor)
    page = await Page.open(dashboard)
    await page.untilConnected()
  })
  afterAll(async () => {
    page.close()
    await dashboard.stop()
    impostor.close()
  })

  it.each([
    ['a web server', 'not_an_engine'],
    ['an Engine of ten years ago', 'too_old'],
    ['bytes that are no HTTP', 'not_an_engine'],
    ['JSON that breaks off', 'socket_refused'],
    ['a body that never ends', 'not_answering'],
  ] as const)(
    '%s is said to be that, and the Engine is known again when it is back',
    async (name, problem) => {
      const beforeMb = dashboard.memoryMb()
      const known = page.containers.size
      impostor.be(name)
      const noticedMs = await page.untilAway(problem)
      expect((await dashboard.send('GET', '/api/containers')).status).toBe(200)
      expect(page.containers.size).toBe(known)
      const health = await dashboard.send('GET', '/api/health/ready')
      expect(health.status).toBe(503)
      expect(dashboard.memoryMb() - beforeMb).toBeLessThan(100)
      impostor.be(null)
      const healing = since()
      await page.untilConnected()
      expect(dashboard.isAlive()).toBe(true)
      report({
        fault: `the socket is ${name}`,
        seen: problem,
        noticedMs,
        healedMs: healing(),
        memoryMb: dashboard.memoryMb(),
      })
    },
  )
})

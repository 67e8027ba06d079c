import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openChannel, type OpenWorker } from './worker-channel.ts'
import type { TabMessage, WorkerMessage } from './worker-protocol.ts'

// A browser loses no connect event on demand: these workers hear a tab or not as the test wants it.
interface Door {
  isSpare: boolean
  heard: TabMessage[]
  isClosed: boolean
  say: (message: unknown) => void
  fail: () => void
}

let doors: Door[]
let received: WorkerMessage[]

const open: OpenWorker = (isSpare) => {
  const heard: TabMessage[] = []
  const port = {
    onmessage: null as ((event: { data: unknown }) => void) | null,
    postMessage: (message: TabMessage) => heard.push(message),
    close: () => (door.isClosed = true),
  }
  const worker = { port, onerror: null as (() => void) | null }
  const door: Door = {
    isSpare,
    heard,
    isClosed: false,
    say: (data) => port.onmessage?.({ data }),
    fail: () => worker.onerror?.(),
  }
  doors.push(door)
  // Of a SharedWorker the channel uses no more than this.
  return worker as unknown as ReturnType<OpenWorker>
}

beforeEach(() => {
  doors = []
  received = []
  vi.useFakeTimers()
  vi.stubGlobal('SharedWorker', class {})
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const hello: TabMessage = { type: 'hello', secret: 's' }
const locked: TabMessage = { type: 'locked', lockName: 'l' }
const channel = () => openChannel((message) => received.push(message), open)

test('a worker that greets is the only one asked, and hears each word once', () => {
  const post = channel()
  post(hello)
  doors[0]?.say({ type: 'here' })
  vi.advanceTimersByTime(60_000)
  post(locked)
  doors[0]?.say({ type: 'opened' })
  expect(doors).toHaveLength(1)
  expect(doors[0]?.heard).toEqual([hello, locked])
  expect(received).toEqual([{ type: 'opened' }])
})

test('where the worker never heard the tab come, it knocks again and says everything again', () => {
  const post = channel()
  post(hello)
  post(locked)
  vi.advanceTimersByTime(2_000)
  expect(doors).toHaveLength(2)
  expect(doors[0]?.isClosed).toBe(true)
  expect(doors[0]?.heard).toEqual([hello, locked, { type: 'goodbye' }])
  expect(doors[1]?.heard).toEqual([hello, locked])
  doors[1]?.say({ type: 'here' })
  vi.advanceTimersByTime(60_000)
  expect(doors).toHaveLength(2)
})

test('a worker that answers nobody is left for one spare, never for a connection of each tab', () => {
  channel()(hello)
  vi.advanceTimersByTime(10_000)
  expect(doors.map(({ isSpare }) => isSpare)).toEqual([false, false, false, false, false, true])
  expect(doors.at(-1)?.heard).toEqual([hello])
})

test('where the program of the worker does not load, the tab has a connection of its own', () => {
  vi.stubGlobal('fetch', () => new Promise(() => undefined))
  const post = channel()
  post(hello)
  doors[0]?.fail()
  expect(received).toEqual([{ type: 'status', status: 'connecting' }])
  vi.advanceTimersByTime(60_000)
  expect(doors).toHaveLength(1)
})

import { describe, expect, it } from 'vitest'
import type { Container } from './container.ts'
import { containerTone, containerWords, fullWords, healthWords } from './container-words.ts'
import { exitCodeWords } from './exit-code.ts'

const now = 10_000_000
const hour = 3_600_000

const container = (over: Partial<Container>): Container => ({
  id: 'a'.repeat(64),
  name: 'shop-app-1',
  image: 'shop-app',
  imageId: 'sha256:b',
  state: 'running',
  health: 'none',
  exitCode: null,
  isOutOfMemory: false,
  startError: '',
  createdAtMs: now - 3 * hour,
  startedAtMs: now - 2 * hour,
  finishedAtMs: null,
  restartCount: 0,
  restartPolicy: 'no',
  hasTty: false,
  ports: [],
  networks: [],
  mounts: [],
  compose: null,
  isInspected: true,
  ...over,
})

const ended = (exitCode: number, over: Partial<Container> = {}) =>
  container({ state: 'exited', exitCode, startedAtMs: now - hour - 3000, finishedAtMs: now - hour, ...over })

describe('containerWords', () => {
  it.each([
    [container({}), 'good', 'running 2 h'],
    [container({ health: 'unhealthy' }), 'bad', 'running 2 h'],
    [container({ health: 'starting' }), 'warn', 'running 2 h'],
    [container({ startedAtMs: now - 3000, restartCount: 2 }), 'bad', 'trying again 3 s'],
    [container({ startedAtMs: now - 12_000, restartCount: 2 }), 'good', 'running 12 s'],
    [container({ state: 'paused' }), 'warn', 'paused'],
    [ended(0), 'idle', 'completed, 1 h ago'],
    [ended(0, { restartPolicy: 'unless-stopped' }), 'idle', 'stopped, 1 h ago'],
    [ended(0, { startedAtMs: now - 3 * hour }), 'idle', 'stopped, 1 h ago'],
    [ended(0, { isInspected: false }), 'idle', 'exited'],
    [ended(0, { health: 'healthy' }), 'idle', 'stopped, 1 h ago'],
    [ended(143), 'idle', 'stopped, 1 h ago'],
    [ended(137), 'idle', 'killed, 1 h ago'],
    [ended(137, { isOutOfMemory: true }), 'bad', 'out of memory, 1 h ago'],
    [ended(1), 'bad', 'failed, exit 1, 1 h ago'],
    [ended(127, { startError: 'no such file' }), 'bad', 'could not start, 1 h ago'],
    [container({ state: 'created', startedAtMs: null }), 'idle', 'created, never started'],
    [container({ state: 'created', startError: 'port is taken' }), 'bad', 'could not start'],
    [container({ state: 'dead' }), 'bad', 'dead, could not be removed'],
    [
      container({ state: 'restarting', exitCode: 1, startedAtMs: now - 9000, finishedAtMs: now - 5000 }),
      'bad',
      'restarting, exit 1 after 4 s',
    ],
  ])('case %#', (subject, tone, text) => {
    expect(containerWords(subject, now)).toEqual({ tone, text })
    expect(containerTone(subject, now)).toBe(tone)
  })
})

it('says health only where it is known', () => {
  expect(healthWords(container({})).text).toBe('no check')
  expect(healthWords(container({ health: 'unhealthy' }))).toEqual({ tone: 'bad', text: 'unhealthy' })
  expect(healthWords(ended(1, { health: 'unhealthy' })).text).toBe('–')
})

it('says state and health in one where there is no column for health', () => {
  expect(fullWords(container({ health: 'unhealthy' }), now)).toEqual({
    tone: 'bad',
    text: 'unhealthy, running 2 h',
  })
  expect(fullWords(container({ health: 'starting' }), now).text).toBe('starting, running 2 h')
  expect(fullWords(container({ health: 'healthy' }), now).text).toBe('running 2 h, healthy')
  expect(fullWords(container({}), now).text).toBe('running 2 h')
  expect(fullWords(ended(1, { health: 'unhealthy' }), now).text).toBe('failed, exit 1, 1 h ago')
})

it('says exit codes in words', () => {
  expect(exitCodeWords(137)).toContain('SIGKILL')
  expect(exitCodeWords(137, true)).toContain('out of memory')
  expect(exitCodeWords(127)).toContain('not found')
  expect(exitCodeWords(139)).toContain('SIGSEGV')
  expect(exitCodeWords(42)).toContain('a code of its own')
})

import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorCode } from '#lib/api/errors'
import type { LiveHello, StatsMessage } from '#lib/api/live'
import { SseParser } from '#lib/api/sse'
import type { StatsSample } from '#lib/docker/containers/stats'
import type { Session } from '#server/auth/policy'
import { closeOpenStreams } from '#server/auth/open-streams'
import { firstSnapshot, refreshContainer, stopLiveModel } from '#server/engine/model/live-model'
import { statsStreamCount } from '#server/engine/containers/stats'
import { changeSubscriptions, liveStreamCount, openLiveStream } from '#server/live/live-streams'
import { removeFixtures, runContainer } from './fixtures.ts'

const session: Session = {
  userId: 1,
  userName: 'test',
  role: 'viewer',
  sessionHash: 'a',
  projects: null,
  tokenName: null,
}

beforeAll(() => firstSnapshot(10_000))
afterAll(async () => {
  closeOpenStreams('shutdown')
  await removeFixtures()
  await stopLiveModel()
})

interface Viewer {
  streamId: string
  /** The next event of this name. */
  next: (event: string) => Promise<unknown>
  leave: () => void
}

async function openViewer(of: Session = session): Promise<Viewer> {
  const gone = new AbortController()
  const response = openLiveStream(of, new Request('http://localhost/api/live', { signal: gone.signal }))
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const parser = new SseParser()
  const events: { event: string; data: string }[] = []
  const next = async (name: string): Promise<unknown> => {
    for (;;) {
      const found = events.findIndex(({ event }) => event === name)
      if (found >= 0) return JSON.parse(events.splice(found, 1)[0]?.data ?? 'null')
      const chunk = await reader?.read()
      if (!chunk || chunk.done) throw new Error(`the stream ended before "${name}"`)
      events.push(...parser.push(chunk.value))
    }
  }
  const hello = (await next('hello')) as LiveHello
  return { streamId: hello.streamId, next, leave: () => gone.abort() }
}

it('sends the model first, then what changes, under the key that asked', async () => {
  const viewer = await openViewer()
  changeSubscriptions(viewer.streamId, session, {
    subscribe: [{ key: 'mine', topic: 'state', params: null }],
  })
  expect(await viewer.next('message')).toMatchObject({
    key: 'mine',
    data: { engine: { state: 'connected' } },
  })
  const { id } = await runContainer('streamed')
  for (;;) {
    const message = (await viewer.next('message')) as { data: { containers?: { changed: { id: string }[] } } }
    if (message.data.containers?.changed.some((each) => each.id === id)) break
  }
  viewer.leave()
})

it('says what is wrong with a subscription, and goes on', async () => {
  const viewer = await openViewer()
  changeSubscriptions(viewer.streamId, session, {
    subscribe: [
      { key: 'bad', topic: 'stats', params: { containerIds: ['../x'] } },
      { key: 'good', topic: 'state', params: null },
    ],
  })
  expect(await viewer.next('end')).toMatchObject({ key: 'bad', error: { code: 'bad_request' } })
  expect(await viewer.next('message')).toMatchObject({ key: 'good' })
  viewer.leave()
})

it('belongs to one session, has a limit, and ends with the session', async () => {
  const other = { ...session, sessionHash: 'b' }
  const viewer = await openViewer(other)
  expect(() => changeSubscriptions(viewer.streamId, session, {})).toThrow('over')
  const more = await Promise.all(Array.from({ length: 19 }, () => openViewer(other)))
  expect(await openViewer(other).catch(errorCode)).toBe('too_many_streams')
  const before = liveStreamCount()
  closeOpenStreams('signed-out', 'b')
  expect(await viewer.next('bye')).toEqual({ reason: 'signed-out' })
  await expect(viewer.next('message')).rejects.toThrow('ended')
  expect(liveStreamCount()).toBe(before - 1 - more.length)
})

it('measures a container once for five viewers, as docker stats does', async () => {
  const { id } = await runContainer('busy', {
    Cmd: ['sh', '-c', 'while :; do :; done'],
    HostConfig: { NanoCpus: 300_000_000, Memory: 67_108_864 },
  })
  await refreshContainer(id)
  const viewers = await Promise.all(Array.from({ length: 5 }, () => openViewer()))
  for (const { streamId } of viewers)
    changeSubscriptions(streamId, session, {
      subscribe: [{ key: 'stats', topic: 'stats', params: { containerIds: [id] } }],
    })
  const lastOf = async (viewer: Viewer, count: number): Promise<StatsSample> => {
    const samples: StatsSample[] = []
    while (samples.length < count) {
      const { data } = (await viewer.next('message')) as { data: StatsMessage }
      samples.push(...(data.samples[id] ?? []))
    }
    return samples.at(-1) as StatsSample
  }
  const samples = await Promise.all(viewers.map((viewer) => lastOf(viewer, 3)))
  expect(statsStreamCount()).toBe(1)
  const words = execFileSync('docker', ['stats', '--no-stream', '--format', '{{.CPUPerc}} {{.PIDs}}', id])
  const [cpu = 0, pids = 0] = words.toString().replace('%', '').split(' ').map(Number)
  for (const sample of samples) {
    expect(Math.abs(sample.cpuPercent - cpu)).toBeLessThan(15)
    expect(sample.memoryLimitBytes).toBe(67_108_864)
    expect(sample.processCount).toBe(pids)
  }
  for (const viewer of viewers) viewer.leave()
  await expect.poll(statsStreamCount, { timeout: 15_000 }).toBe(0)
})

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { LineStore } from '../../components/logs/store/line-store.ts'
import { lineFlags } from '#lib/logs/line-assembler'
import { compareTimes } from '#lib/logs/nano-time'
import { modelContainer } from '#server/engine/model/live-model'
import { Feeds } from '#server/logs/follow/feeds'
import { liveLogEngine } from '#server/logs/live-log-engine'
import type { LogEngine } from '#server/logs/log-engine'
import { docker, finish, newFeeds, removeAll, run, until, Viewer } from './logs-fixture.ts'

const feeds = newFeeds()
beforeAll(removeAll)
afterEach(removeAll)
afterAll(async () => {
  feeds.closeAll()
  await finish()
})

/** The real Engine over a bad line: each piece of a follow comes up to 300 ms late, in its order. No Engine can be asked for that. */
function delayed(engine: LogEngine): LogEngine {
  return {
    ...engine,
    open: async (containerId, options, signal) => {
      const stream = await engine.open(containerId, options, signal)
      if (!options.isFollowing) return stream
      async function* late(): AsyncGenerator<Uint8Array, undefined> {
        for await (const piece of stream) {
          await sleep(Math.random() * 300, undefined, { signal })
          yield piece
        }
      }
      return {
        ...stream,
        destroy: () => stream.destroy(),
        each: (take) => stream.each(take),
        [Symbol.asyncIterator]: late,
      }
    },
  }
}

const labels = (project: string, service: string): string[] =>
  Object.entries({ project, service, 'config-hash': 'x', 'container-number': '1', oneoff: 'False' }).flatMap(
    ([name, value]) => ['--label', `com.docker.compose.${name}=${value}`],
  )

it('keeps ten containers in the order of time though their lines come late', async () => {
  const own = new Feeds(delayed(liveLogEngine()))
  const perContainer = 60
  const ids = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      run(
        `late-${i}`,
        `while [ ! -e /go ]; do sleep 0.05; done; for n in $(seq 1 ${perContainer}); do echo "$n of ${i}"; sleep 0.03; done; sleep 600`,
      ),
    ),
  )
  const viewer = new Viewer(own, { ids })
  await until(() => viewer.isCaughtUp)
  await Promise.all(ids.map((id) => docker('exec', id, 'touch', '/go')))
  await until(() => viewer.lines.length >= 10 * perContainer, 60_000)
  expect(viewer.lines).toHaveLength(10 * perContainer)
  // Only a line that says it is late may stand behind a later one ...
  let newest = viewer.lines[0]
  for (const line of viewer.lines) {
    if (newest && compareTimes(line, newest) < 0) expect(line.flags & lineFlags.late).toBe(lineFlags.late)
    else newest = line
  }
  // ... and the page puts it in its place.
  const store = new LineStore()
  for (const message of viewer.ofType('lines')) store.append(message, (index) => index)
  expect(store.rowCount).toBe(10 * perContainer)
  const times = Array.from({ length: store.rowCount }, (_, position) => store.time(store.idAt(position)))
  for (const [i, time] of times.entries())
    expect(compareTimes(time, times[i + 1] ?? time)).toBeLessThanOrEqual(0)
  // Within one container the order is the program's.
  for (let i = 0; i < 10; i += 1) {
    const texts = viewer.texts.filter((text) => text.endsWith(` of ${i}`))
    expect(texts).toEqual(Array.from({ length: perContainer }, (_, n) => `${n + 1} of ${i}`))
  }
  await viewer.cut()
  own.closeAll()
})

it('shows who crashed, who ran once and who was stopped in the stream of the project', async () => {
  const project = `merged-${process.pid}`
  const crashed = await run('crashed', 'echo "from crashed"; exit 1', ...labels(project, 'crashed'))
  const once = await run('once', 'echo "from migration"', ...labels(project, 'migration'))
  const stopped = await run(
    'stopped',
    'trap "exit 0" TERM; echo "from stopped"; while :; do sleep 0.1; done',
    ...labels(project, 'stopped'),
  )
  await docker('stop', stopped)
  const alive = await run('alive', 'echo "from alive"; sleep 600', ...labels(project, 'alive'))
  await until(() => [crashed, once, stopped].every((id) => modelContainer(id)?.state === 'exited'))
  const viewer = new Viewer(feeds, { project })
  await until(() => viewer.isCaughtUp && viewer.ofType('marker').length >= 3)
  expect([...viewer.texts].sort()).toEqual(['from alive', 'from crashed', 'from migration', 'from stopped'])
  const exits = viewer.ofType('marker').filter((marker) => marker.kind === 'exited')
  expect(exits.map((marker) => marker.exitCode ?? -1).sort((a, b) => a - b)).toEqual([0, 0, 1])
  expect(viewer.lines.find((line) => line.containerId === alive)?.text).toBe('from alive')
  await viewer.cut()
})

it('marks a change of health where it happened', async () => {
  const id = await run(
    'health',
    'echo begin; while :; do sleep 0.1; done',
    '--health-cmd',
    'test ! -e /sick',
    '--health-interval',
    '300ms',
    '--health-retries',
    '1',
  )
  const viewer = new Viewer(feeds, { ids: [id] })
  const kinds = (): string[] => viewer.ofType('marker').map((marker) => marker.kind)
  await until(() => viewer.texts.includes('begin') && modelContainer(id)?.health === 'healthy')
  await docker('exec', id, 'touch', '/sick')
  await until(() => kinds().includes('unhealthy'))
  await docker('exec', id, 'rm', '/sick')
  await until(() => kinds().at(-1) === 'healthy')
  await viewer.cut()
})

it('loses no first line however soon the next ones follow (a viewer of others lost two)', async () => {
  const id = await run('first', 'echo "plain line one"; echo "plain line two"; echo "INFO three"; sleep 600')
  const viewer = new Viewer(feeds, { ids: [id] })
  await until(() => viewer.texts.includes('INFO three'))
  expect(viewer.texts).toEqual(['plain line one', 'plain line two', 'INFO three'])
  await viewer.cut()
})

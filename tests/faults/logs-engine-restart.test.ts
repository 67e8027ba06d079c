import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { firstSnapshot, modelContainer, stopLiveModel } from '#server/engine/model/live-model'
import { newFeeds, until, Viewer } from '../engine/logs-fixture.ts'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'

if (!canRunPrivateEngine) console.warn('skipped: a second Engine to break needs root and /usr/sbin/dockerd')

const counting = (lines: number): string =>
  `awk 'BEGIN { for (i = 1; i <= ${lines}; i++) { print "n " i; if (i % 100 == 0) { fflush(); system("usleep 50000") } } }'; sleep 600`

describe.skipIf(!canRunPrivateEngine)('a log that is followed while the Engine is killed and started', () => {
  const engine = new PrivateEngine()
  const feeds = newFeeds()

  beforeAll(async () => {
    await engine.start('--live-restore')
    engine.load('busybox:latest')
    process.env.DOCKER_HOST = `unix://${engine.socket}`
    await firstSnapshot(10_000)
  }, 120_000)

  afterAll(async () => {
    feeds.closeAll()
    const ids = engine.docker('ps', '-aq')
    if (ids) engine.docker('rm', '-f', ...ids.split('\n'))
    await stopLiveModel()
    await engine.remove()
  }, 60_000)

  it('has every line of the Engine’s log once, though it went on without the Engine', async () => {
    const id = engine.docker('run', '-d', '--network', 'none', 'busybox:latest', 'sh', '-c', counting(12_000))
    await until(() => modelContainer(id)?.isInspected ?? false)
    const viewer = new Viewer(feeds, { ids: [id] }, { tail: 'all' })
    await until(() => viewer.lines.length > 2_000)
    await engine.kill()
    await until(() => viewer.ofType('state').some(({ state }) => state === 'away'))
    await engine.start('--live-restore')
    await until(() => viewer.lastText === 'n 12000', 60_000)
    expect(viewer.texts).toEqual(engine.docker('logs', id).split('\n'))
    expect(viewer.ofType('gap')).toEqual([])
    await viewer.cut()
    engine.docker('rm', '-f', id)
  }, 120_000)

  it('goes on with the next run where the container died with the Engine', async () => {
    const id = engine.docker(
      'run',
      '-d',
      '--network',
      'none',
      '--restart',
      'always',
      'busybox:latest',
      'sh',
      '-c',
      'echo begin; i=0; while :; do i=$((i+1)); echo "n $i"; sleep 0.05; done',
    )
    await until(() => modelContainer(id)?.isInspected ?? false)
    const viewer = new Viewer(feeds, { ids: [id] }, { tail: 'all' })
    await until(() => viewer.lines.length > 20)
    await engine.kill()
    await engine.start()
    await until(() => viewer.texts.filter((text) => text === 'begin').length === 2, 60_000)
    const before = viewer.lines.length
    await until(() => viewer.lines.length > before + 20, 60_000)
    engine.docker('kill', id)
    await until(() => viewer.ofType('state').at(-1)?.state === 'ended', 60_000)
    expect(viewer.texts).toEqual(engine.docker('logs', id).split('\n'))
    expect(viewer.ofType('gap')).toEqual([])
    await viewer.cut()
  }, 120_000)
})

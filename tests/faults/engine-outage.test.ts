import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCode } from '#lib/api/errors'
import type { EngineStatus } from '#lib/docker/engine'
import { callEngine } from '#server/engine/client/client'
import { firstSnapshot, snapshot, stopLiveModel, watchState } from '#server/engine/model/live-model'
import { canRunPrivateEngine, PrivateEngine } from './private-engine.ts'

// As long as a person may wait for the banner and for its end, with room for a loaded machine.
const noticeMs = 15_000

if (!canRunPrivateEngine) console.warn('skipped: a second Engine to break needs root and /usr/sbin/dockerd')

describe.skipIf(!canRunPrivateEngine)('an Engine that goes away', () => {
  const engine = new PrivateEngine()
  const viewer = new AbortController()

  beforeAll(async () => {
    await engine.start()
    engine.load('busybox:latest')
    process.env.DOCKER_HOST = `unix://${engine.socket}`
    expect((await firstSnapshot(10_000)).engine.state).toBe('connected')
    // Somebody looks all the time, as in a browser.
    void (async () => {
      for await (const _ of watchState({ signal: viewer.signal })) continue
    })()
  }, 120_000)

  afterAll(async () => {
    viewer.abort()
    await stopLiveModel()
    await engine.remove()
  }, 60_000)

  async function until(isSo: (engine: EngineStatus) => boolean): Promise<void> {
    for await (const _ of watchState({ signal: AbortSignal.timeout(noticeMs) }))
      if (isSo(snapshot().engine)) return
    throw new Error(`the Engine's status stayed ${JSON.stringify(snapshot().engine)}`)
  }

  it('is said to be away, keeps what was known, and is read anew when it is back', async () => {
    const kept = engine.docker('create', '--network', 'none', '--name', 'kept', 'busybox:latest')
    const gone = engine.docker('create', '--network', 'none', '--name', 'gone', 'busybox:latest')
    await expect.poll(() => snapshot().containers.length).toBe(2)
    await engine.kill()
    await until((status) => status.state === 'away' && status.problem === 'socket_refused')
    expect(
      snapshot()
        .containers.map(({ id }) => id)
        .sort(),
    ).toEqual([kept, gone].sort())
    expect(await callEngine((docker) => docker.info()).catch(errorCode)).toBe('engine_unreachable')
    await engine.start()
    await until((status) => status.state === 'connected')
    // What happens now is seen, so the new connection really follows.
    engine.docker('rm', 'gone')
    await expect.poll(() => snapshot().containers.map(({ name }) => name)).toEqual(['kept'])
  }, 60_000)

  it('is said not to answer when it is frozen, and heals', async () => {
    engine.signal('SIGSTOP')
    await until((status) => status.state === 'away' && status.problem === 'not_answering')
    expect(await callEngine((docker) => docker.info()).catch(errorCode)).toBe('engine_timeout')
    engine.signal('SIGCONT')
    await until((status) => status.state === 'connected')
  }, 60_000)
})

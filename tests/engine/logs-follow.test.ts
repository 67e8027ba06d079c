import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { LineCursor } from '#lib/logs/cursor'
import { lineFlags } from '#lib/logs/line-assembler'
import { modelContainer } from '#server/engine/model/live-model'
import { docker, finish, newFeeds, removeAll, run, until, untilLogged, Viewer } from './logs-fixture.ts'

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => `n ${from + i}`)

const feeds = newFeeds()
beforeAll(removeAll)
afterAll(async () => {
  feeds.closeAll()
  await finish()
})
afterEach(removeAll)

describe('one container', () => {
  it('gives the end of the log, then a burst of 20,000 lines, each once', async () => {
    const id = await run(
      'burst',
      'i=1; while [ $i -le 300 ]; do echo "n $i"; i=$((i+1)); done; while [ ! -e /go ]; do sleep 0.05; done; awk \'BEGIN { for (i = 301; i <= 20300; i++) print "n " i }\'; sleep 600',
    )
    const viewer = new Viewer(feeds, { ids: [id] }, { tail: 200 })
    await until(() => viewer.texts.includes('n 300'))
    await docker('exec', id, 'touch', '/go')
    await until(() => viewer.lastText === 'n 20300')
    // The history may have been read while the first lines were written.
    const first = viewer.texts[0] ?? ''
    expect(viewer.texts).toEqual(numbers(Number(first.slice(2)), 20_300))
    await viewer.cut()
  })

  it('gives a log of 200,000 lines from its first line', async () => {
    const id = await run('whole', 'awk \'BEGIN { for (i = 1; i <= 200000; i++) print "n " i }\'')
    await until(() => modelContainer(id)?.state === 'exited')
    const viewer = new Viewer(feeds, { ids: [id] }, { tail: 'all' })
    await until(() => viewer.isCaughtUp)
    expect(viewer.lines.length).toBe(200_000)
    expect(viewer.texts).toEqual(numbers(1, 200_000))
    await viewer.cut()
  })

  it('joins parts of long lines while the other stream writes', async () => {
    const id = await run(
      'parts',
      'head -c 16384 /dev/zero | tr "\\0" x; sleep 0.2; echo "ERROR from stderr" >&2; sleep 0.2; echo tail-of-stdout',
    )
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.lines.length >= 2)
    expect(viewer.lines.map((line) => [line.isStderr, line.text])).toEqual([
      [true, 'ERROR from stderr'],
      [false, `${'x'.repeat(16_384)}tail-of-stdout`],
    ])
    await viewer.cut()
  })

  it('keeps a line of 1 MiB, cuts a longer one and says so', async () => {
    const id = await run(
      'long',
      'head -c 1048576 /dev/zero | tr "\\0" a; echo; head -c 1200000 /dev/zero | tr "\\0" b; echo; echo end',
    )
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.texts.includes('end'))
    expect(viewer.lines.map((line) => [line.text.length, line.flags])).toEqual([
      [1_048_576, 0],
      [1_048_576, lineFlags.cut],
      [3, 0],
    ])
    const cut = viewer.ofType('lines').flatMap((message) => message.cut ?? [])
    expect(cut.map(([, bytes]) => bytes)).toEqual([1_200_000 - 1_048_576])
    await viewer.cut()
  })

  it('gives whole lines only when the tail begins inside a long one', async () => {
    const id = await run('torn', 'head -c 100000 /dev/zero | tr "\\0" a; echo; echo b; echo c; sleep 600')
    await untilLogged(id, 'c')
    const viewer = new Viewer(feeds, { ids: [id] }, { tail: 4 })
    await until(() => viewer.isCaughtUp)
    expect(viewer.texts).toEqual(['b', 'c'])
    await viewer.cut()
  })

  it('reads a TTY', async () => {
    const id = await run('tty', 'echo one; printf "10%%\\r20%%\\n"; printf last; sleep 600', '-t')
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.lines.length >= 2)
    expect(viewer.texts.slice(0, 2)).toEqual(['one', '10%\r20%'])
    await viewer.cut()
  })

  it('takes NUL and bytes that are no text', async () => {
    const id = await run('binary', 'printf "a\\000b\\377c\\n"; echo end; sleep 600')
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.texts.includes('end'))
    expect(viewer.texts).toEqual(['a\u0000b\uFFFDc', 'end'])
    await viewer.cut()
  })

  it('follows through a restart, with what happened in between', async () => {
    const id = await run('restart', 'trap "echo bye; exit 3" TERM; echo started; while :; do sleep 0.1; done')
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.texts.includes('started'))
    await docker('restart', id)
    await until(() => viewer.texts.filter((text) => text === 'started').length === 2)
    await docker('stop', id)
    await until(() => viewer.ofType('marker').filter((marker) => marker.kind === 'exited').length === 2)
    expect(viewer.texts).toEqual(['started', 'bye', 'started', 'bye'])
    const markers = viewer.ofType('marker')
    expect(markers.map((marker) => marker.kind)).toEqual(['exited', 'started', 'exited'])
    expect(markers.at(-1)?.exitCode).toBe(3)
    // Who comes now finds the last run as it began and ended, each once.
    const second = new Viewer(feeds, { ids: [id] })
    await until(() => second.isCaughtUp && second.ofType('marker').length > 0)
    await docker('start', id)
    await until(() => second.texts.filter((text) => text === 'started').length === 3)
    expect(second.ofType('marker').map((marker) => marker.kind)).toEqual(['started', 'exited', 'started'])
    await second.cut()
    await viewer.cut()
  })

  it('says nothing of the health of what was stopped', async () => {
    const health = ['--health-cmd', 'true', '--health-interval', '200ms']
    const id = await run('stopped', 'trap "exit 0" TERM; echo up; while :; do sleep 0.1; done', ...health)
    const viewer = new Viewer(feeds, { ids: [id] })
    const kinds = () => viewer.ofType('marker').map((marker) => marker.kind)
    await until(() => viewer.isCaughtUp && modelContainer(id)?.health === 'healthy')
    await docker('stop', id)
    await until(() => modelContainer(id)?.health === 'unhealthy')
    await docker('start', id)
    await until(() => kinds().includes('started'))
    expect(kinds().filter((kind) => kind !== 'healthy')).toEqual(['exited', 'started'])
    await viewer.cut()
  })

  it('tells the ends and starts of a container that has never printed a line', async () => {
    const id = await run('silent', 'trap "exit 4" TERM; while :; do sleep 0.1; done')
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.isCaughtUp)
    await docker('stop', id)
    await until(() => viewer.ofType('marker').length === 1)
    await docker('start', id)
    await until(() => viewer.ofType('marker').length === 2)
    expect(viewer.ofType('marker').map(({ kind }) => kind)).toEqual(['exited', 'started'])
    await viewer.cut()
  })

  it('reads every run of a container that keeps crashing, and never says that Docker is away', async () => {
    const id = await run('loop', 'echo boom; exit 1', '--restart', 'on-failure:5')
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.texts.length === 6)
    await until(() => modelContainer(id)?.state === 'exited')
    expect(viewer.texts).toEqual(Array.from({ length: 6 }, () => 'boom'))
    expect(viewer.ofType('state').map(({ state }) => state)).not.toContain('away')
    await viewer.cut()
  })

  it('ends behind the last line when the container is removed', async () => {
    const id = await run('removed', 'echo alive; sleep 600')
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.texts.includes('alive'))
    await docker('rm', '-f', id)
    await until(() => viewer.isOver)
    expect(viewer.ofType('state').at(-1)?.state).toBe('removed')
    expect(viewer.ofType('marker').at(-1)?.kind).toBe('removed')
  })

  it('says which logging driver cannot be read', async () => {
    const id = await run('driver', 'echo unseen; sleep 600', '--log-driver', 'none')
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.ofType('state').some((state) => state.state === 'unreadable'))
    expect(viewer.ofType('state').find((state) => state.state === 'unreadable')?.detail).toBe('none')
    await viewer.cut()
  })
})

describe('exactly once', () => {
  it('over five lost connections at 2,000 lines a second', async () => {
    const count = 12_000
    const id = await run(
      'resume',
      `awk 'BEGIN { for (i = 1; i <= ${count}; i++) { print "n " i; if (i % 200 == 0) { fflush(); system("sleep 0.1") } } }'; sleep 600`,
    )
    const all: string[] = []
    let after: Map<string, LineCursor> = new Map()
    for (let connection = 0; connection < 6; connection += 1) {
      const viewer = new Viewer(feeds, { ids: [id] }, { tail: 'all', after })
      const target = connection === 5 ? count : (connection + 1) * 1_700
      await until(() => all.length + viewer.lines.length >= target)
      const cursors = await viewer.cut()
      all.push(...viewer.texts)
      expect(viewer.ofType('gap')).toEqual([])
      after = cursors
    }
    expect(all).toEqual(numbers(1, count))
  })

  it('when nothing was kept in between and the Engine is asked again', async () => {
    const id = await run('cold', 'awk \'BEGIN { for (i = 1; i <= 5000; i++) print "n " i }\'; sleep 600')
    const first = newFeeds()
    const viewer = new Viewer(first, { ids: [id] }, { tail: 'all' })
    await until(() => viewer.lines.length > 0)
    const after = await viewer.cut()
    first.closeAll()
    const second = newFeeds()
    const again = new Viewer(second, { ids: [id] }, { after })
    await until(() => again.lastText === 'n 5000' || viewer.lastText === 'n 5000')
    expect([...viewer.texts, ...again.texts]).toEqual(numbers(1, 5_000))
    await again.cut()
    second.closeAll()
  })

  it('declares what was rotated away', async () => {
    const id = await run(
      'rotated',
      'echo "n 1"; while [ ! -e /go ]; do sleep 0.05; done; awk \'BEGIN { for (i = 2; i <= 20000; i++) print "n " i }\'; sleep 600',
      '--log-opt',
      'max-size=50k',
      '--log-opt',
      'max-file=2',
    )
    const viewer = new Viewer(feeds, { ids: [id] })
    await until(() => viewer.texts.includes('n 1'))
    const after = await viewer.cut()
    feeds.feed(id).close()
    await docker('exec', id, 'touch', '/go')
    await until(() => modelContainer(id)?.state === 'running')
    await untilLogged(id, 'n 20000')
    const again = new Viewer(feeds, { ids: [id] }, { after })
    await until(() => again.lastText === 'n 20000')
    const [gap] = again.ofType('gap')
    expect([gap?.reason, gap?.count]).toEqual(['rotated', null])
    const first = Number(again.texts[0]?.slice(2))
    expect(again.texts).toEqual(numbers(first, 20_000))
    await again.cut()
  })
})

describe('many viewers', () => {
  it('share one stream at the Engine', async () => {
    const own = newFeeds()
    const id = await run('shared', 'i=0; while :; do i=$((i+1)); echo "n $i"; sleep 0.01; done')
    const viewers = Array.from({ length: 5 }, () => new Viewer(own, { ids: [id] }, { tail: 'all' }))
    await until(() => viewers.every((viewer) => viewer.lines.length > 100))
    expect(own.counts()).toEqual({ feeds: 1, viewers: 5 })
    expect(own.feed(id).openedCount).toBe(1)
    for (const viewer of viewers) await viewer.cut()
    for (const viewer of viewers) expect(viewer.texts).toEqual(numbers(1, viewer.lines.length))
    own.closeAll()
  })

  it('are not held up by one that stalls, who gets every line or a counted gap', async () => {
    const own = newFeeds()
    const count = 400_000
    const id = await run(
      'stalled',
      `while [ ! -e /go ]; do sleep 0.05; done; awk 'BEGIN { for (i = 1; i <= ${count}; i++) print "n " i }'; sleep 600`,
    )
    const fast = new Viewer(own, { ids: [id] })
    const slow = new Viewer(own, { ids: [id] })
    await until(() => fast.isCaughtUp && slow.isCaughtUp)
    slow.isStalled = true
    await docker('exec', id, 'touch', '/go')
    await until(() => fast.lastText === `n ${count}`)
    expect(fast.lines.length).toBe(count)
    expect(slow.lines.length).toBeLessThan(count / 2)
    slow.isStalled = false
    await until(() => slow.lastText === `n ${count}`)
    const missing = slow.ofType('gap').reduce((sum, gap) => sum + (gap.count ?? Number.NaN), 0)
    expect(missing).toBeGreaterThan(0)
    expect(slow.lines.length + missing).toBe(count)
    expect(new Set(slow.texts).size).toBe(slow.lines.length)
    await fast.cut()
    await slow.cut()
    own.closeAll()
  })
})

import { execFileSync } from 'node:child_process'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { docker, finish, newFeeds, removeAll, run, until, Viewer } from './logs-fixture.ts'

const feeds = newFeeds()
// The Engine keeps its log files where only root may write.
const mayCut = process.getuid?.() === 0
if (!mayCut) console.warn('skipped: only root can cut the Engine’s log files short')

beforeAll(removeAll)
afterEach(removeAll)
afterAll(async () => {
  feeds.closeAll()
  await finish()
})

async function cutShort(id: string): Promise<void> {
  execFileSync('truncate', ['-s', '0', await docker('inspect', '-f', '{{.LogPath}}', id)])
}

const counting = 'i=0; while :; do i=$((i+1)); echo "n $i"; sleep 0.1; done'

describe.skipIf(!mayCut)('a log file that was cut short under the Engine', () => {
  it('is followed on within seconds, with a gap that says so and no line twice', async () => {
    const id = await run('cut', counting)
    const viewer = new Viewer(feeds, { ids: [id] }, { tail: 'all' })
    await until(() => viewer.lines.length > 20)
    await cutShort(id)
    const before = viewer.lines.length
    await until(() => viewer.lines.length > before + 50)
    expect(viewer.ofType('gap').map((gap) => gap.reason)).toEqual(['rotated'])
    const seen = viewer.texts.map((text) => Number(text.slice(2)))
    expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
    // Behind the gap nothing is missing.
    const behind = seen.slice(seen.findIndex((n, i) => i > 0 && n !== (seen[i - 1] ?? 0) + 1))
    expect(behind).toEqual(behind.map((_, i) => (behind[0] ?? 0) + i))
    await viewer.cut()
  })

  it('shows who comes later what is there', async () => {
    const id = await run('later', counting)
    await until(() => true)
    await cutShort(id)
    const viewer = new Viewer(feeds, { ids: [id] }, { tail: 200 })
    await until(() => viewer.isCaughtUp && viewer.lines.length > 30)
    const seen = viewer.texts.map((text) => Number(text.slice(2)))
    expect(seen).toEqual(seen.map((_, i) => (seen[0] ?? 0) + i))
    await viewer.cut()
  })
})

it('rotation while followed loses nothing that is still kept', async () => {
  const id = await run(
    'rotating',
    'for i in $(seq 1 4000); do echo "n $i"; [ $((i % 50)) = 0 ] && sleep 0.02; done; sleep 600',
    '--log-opt',
    'max-size=20k',
    '--log-opt',
    'max-file=3',
  )
  const viewer = new Viewer(feeds, { ids: [id] }, { tail: 'all' })
  await until(() => viewer.lastText === 'n 4000')
  const seen = viewer.texts.map((text) => Number(text.slice(2)))
  expect(seen).toEqual([...new Set(seen)].sort((a, b) => a - b))
  if (viewer.ofType('gap').length === 0) expect(seen).toEqual(seen.map((_, i) => (seen[0] ?? 0) + i))
  await viewer.cut()
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { eachLine } from '#lib/logs/wire'
import { type NanoTime, toIsoNanos } from '#lib/logs/nano-time'
import { toLogLines } from '#lib/logs/wire'
import { modelContainer } from '#server/engine/model/live-model'
import { liveLogEngine } from '#server/logs/live-log-engine'
import { readEngineWindow } from '#server/logs/window/engine-window'
import { mergeWindows } from '#server/logs/window/merge-window'
import { docker, finish, removeAll, run, until } from './logs-fixture.ts'

beforeAll(removeAll)
afterAll(finish)

async function ended(name: string, script: string): Promise<string> {
  const id = await run(name, script)
  await docker('wait', id)
  await until(() => modelContainer(id)?.state === 'exited')
  return id
}

/** Time and text of every line, as `docker logs -t` has them. */
async function stamped(id: string): Promise<{ iso: string; text: string }[]> {
  return (await docker('logs', '-t', id)).split('\n').map((line) => {
    const blank = line.indexOf(' ')
    return { iso: line.slice(0, blank), text: line.slice(blank + 1) }
  })
}

function timeOf(iso = ''): NanoTime {
  return {
    seconds: Date.parse(`${iso.slice(0, 19)}Z`) / 1000,
    nanos: Number(iso.slice(20, 29).replace('Z', '').padEnd(9, '0')),
  }
}

async function window(ids: string[], at: NanoTime, size: { before: number; after: number }) {
  const { signal } = new AbortController()
  const windows = await Promise.all(ids.map((id) => readEngineWindow(liveLogEngine(), id, at, size, signal)))
  const { lines, ...ends } = mergeWindows(windows, size)
  const texts: string[] = []
  const times: string[] = []
  for (const message of toLogLines(lines))
    eachLine(message, ({ text, time }) => {
      texts.push(text)
      times.push(toIsoNanos(time))
    })
  return { texts, times, ...ends }
}

test('the lines around any line of a long log are its neighbours, and pages join without a hole', async () => {
  const id = await ended('window', 'awk \'BEGIN { for (i = 1; i <= 60000; i++) print "n " i }\'')
  const all = await stamped(id)
  for (const index of [0, 5, 12_345, 58_000, 59_999]) {
    const around = await window([id], timeOf(all[index]?.iso), { before: 20, after: 20 })
    const from = around.texts.indexOf(all[index]?.text ?? '')
    expect(from).toBeGreaterThanOrEqual(Math.min(20, index))
    const first = index - from
    expect(around.texts).toEqual(all.slice(first, first + around.texts.length).map((line) => line.text))
    expect(around.hasOlder).toBe(first > 0)
    expect(around.hasNewer).toBe(first + around.texts.length < all.length)
    if (!around.hasOlder) continue
    const older = await window([id], timeOf(all[first]?.iso), { before: 50, after: 0 })
    expect(older.texts.at(-1)).toBe(all[first - 1]?.text)
    expect(older.texts.length).toBeGreaterThanOrEqual(Math.min(50, first))
  }
})

test('several containers are merged in the order of time', async () => {
  const script = (name: string) => `for i in $(seq 1 60); do echo "${name} $i"; usleep 10000; done`
  const ids = await Promise.all([ended('window-a', script('a')), ended('window-b', script('b'))])
  const all = (await Promise.all(ids.map(stamped))).flat()
  const at = timeOf((await stamped(ids[0] ?? ''))[30]?.iso)
  const around = await window(ids, at, { before: 30, after: 30 })
  expect(around.times).toEqual([...around.times].sort())
  expect(new Set(around.texts.map((text) => text[0]))).toEqual(new Set(['a', 'b']))
  expect(around.texts.length).toBe(60)
  const everything = await window(ids, at, { before: 1_000, after: 1_000 })
  expect(everything.texts.toSorted()).toEqual(all.map((line) => line.text).toSorted())
  expect([everything.hasOlder, everything.hasNewer]).toEqual([false, false])
})

test('a log without lines, and a time before and behind all of them', async () => {
  const [empty, short] = await Promise.all([
    ended('window-none', 'true'),
    ended('window-short', 'echo one; echo two'),
  ])
  const nothing = await window([empty], { seconds: 1_700_000_000, nanos: 0 }, { before: 5, after: 5 })
  expect(nothing).toEqual({ texts: [], times: [], hasOlder: false, hasNewer: false })
  const before = await window([short], { seconds: 1, nanos: 0 }, { before: 5, after: 5 })
  const behind = await window([short], { seconds: 4_000_000_000, nanos: 0 }, { before: 5, after: 5 })
  expect([before.texts, behind.texts]).toEqual([
    ['one', 'two'],
    ['one', 'two'],
  ])
})

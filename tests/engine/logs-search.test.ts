import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { modelContainer } from '#server/engine/model/live-model'
import { docker, finish, removeAll, run, until } from './logs-fixture.ts'
import { grepCount, search } from './logs-search-fixture.ts'

beforeAll(removeAll)
afterAll(finish)

async function ended(name: string, script: string, ...options: string[]): Promise<string> {
  const id = await run(name, script, ...options)
  await docker('wait', id)
  await until(() => modelContainer(id)?.state === 'exited')
  return id
}

const mixed = `awk 'BEGIN {
  for (i = 1; i <= 40000; i++) {
    if (i % 97 == 0) printf "\\033[31mERROR\\033[0m request %d failed\\n", i > "/dev/stderr"
    else if (i % 50 == 0) print ""
    else if (i % 13 == 0) print "WARN slow request " i
    else print "INFO request " i " done"
  }
}'`

describe('counts are those of grep -c', () => {
  let ids: string[] = []
  beforeAll(async () => {
    ids = await Promise.all([
      ended('grep-mixed', mixed),
      ended(
        'grep-long',
        'for n in 1 2 3; do head -c 40000 /dev/zero | tr "\\0" x; echo " needle $n"; echo "short $n" >&2; done; printf "needle without end"',
      ),
      ended('grep-tty', 'i=0; while [ $i -lt 3000 ]; do i=$((i+1)); echo "tty needle $i"; done', '-t'),
      ended('grep-empty', 'true'),
    ])
  })

  test.each<
    [string, { text: string; isRegex?: boolean; isCaseSensitive?: boolean; isInverted?: boolean }, string[]]
  >([
    ['a word', { text: 'request', isCaseSensitive: true }, ['-F', 'request']],
    ['without case', { text: 'NEEDLE' }, ['-iF', 'NEEDLE']],
    ['inverted', { text: 'request', isInverted: true }, ['-viF', 'request']],
    [
      'a regular expression',
      { text: '(slow|failed).*7', isRegex: true },
      ['-iE', '(slow|failed).*7|slow.*7'],
    ],
    ['a class across the line end', { text: 'request[^d]+d', isRegex: true }, ['-iE', 'request[^d]+d']],
    ['every line', { text: '' }, ['']],
    ['empty lines', { text: '^$', isRegex: true }, ['-E', '^.?$']],
  ])('%s', async (_, query, grep) => {
    const expected = await Promise.all(ids.map((id) => grepCount(id, ...grep)))
    const found = await search(ids, query)
    expect(found.end).toEqual({ type: 'end', reason: 'complete' })
    expect(ids.map((_id, index) => found.countOf(index))).toEqual(expected)
    expect(found.progress?.hitCount).toBe(expected.reduce((sum, count) => sum + count, 0))
  })

  test('every line is looked at once, the parts join without a hole', async () => {
    const [id = ''] = ids
    const found = await search([id], { text: 'request', isRegex: false }, { limit: 20_000 })
    expect(found.progress?.scannedCount).toBe(40_000)
    const listed = new Set(found.texts[0])
    expect(listed.size).toBe(found.texts[0]?.length)
    expect(listed.has('INFO request 39999 done')).toBe(true)
  })

  test('levels, streams and inversion together', async () => {
    const [id = ''] = ids
    const errors = await search([id], { levels: ['error'] })
    expect(errors.progress?.hitCount).toBe(await grepCount(id, 'ERROR'))
    const stderr = await search([id], { stream: 'stderr' })
    expect(stderr.progress?.hitCount).toBe(errors.progress?.hitCount)
    const others = await search([id], {
      text: 'request',
      isInverted: true,
      stream: 'stdout',
      levels: ['unknown'],
    })
    expect(others.progress?.hitCount).toBe(await grepCount(id, '-x', ''))
  })

  test('beyond the bound hits are counted, and the newest are listed', async () => {
    const [id = ''] = ids
    const found = await search([id], { text: 'request' }, { limit: 1_000 })
    expect(found.progress?.hitCount).toBe(await grepCount(id, 'request'))
    expect(found.texts[0]?.length).toBeLessThanOrEqual(2_000)
    expect(found.texts[0]).toContain('INFO request 39999 done')
  })

  test('the histogram counts every hit', async () => {
    const [id = ''] = ids
    const found = await search([id], {}, { limit: 0 })
    const last = found.messages.findLast((message) => message.type === 'histogram')
    const byLevel = [0, 0, 0, 0, 0, 0, 0]
    for (const [, counts] of last?.buckets ?? [])
      counts.forEach((count, level) => {
        byLevel[level] = (byLevel[level] ?? 0) + count
      })
    expect(byLevel[5]).toBe(await grepCount(id, 'ERROR'))
    expect(byLevel[4]).toBe(await grepCount(id, '^WARN'))
    expect(byLevel.reduce((a, b) => a + b, 0)).toBe(40_000)
    expect(found.texts[0]).toEqual([])
  })
})

test('a time range counts exactly the lines of it, near the end and far back', async () => {
  const id = await ended(
    'range',
    'for i in 1 2 3 4 5 6; do echo "tick $i"; usleep 300000; done; awk \'BEGIN { for (i = 0; i < 40000; i++) print "flood " i }\'',
  )
  const stamped = (await docker('logs', '-t', id)).split('\n')
  const msOf = (line = ''): number => Date.parse(line.slice(0, 23) + 'Z')
  const sinceMs = msOf(stamped[2])
  const untilMs = msOf(stamped[4])
  const middle = await search([id], { sinceMs, untilMs })
  expect(middle.texts[0]).toEqual(['tick 3', 'tick 4', 'tick 5'])
  const fromThird = await search([id], { sinceMs })
  expect(fromThird.progress?.hitCount).toBe(40_004)
  expect((await search([id], { untilMs: sinceMs - 1 })).texts[0]).toEqual(['tick 1', 'tick 2'])
  expect((await search([id], { sinceMs: Date.now() + 60_000 })).progress?.hitCount).toBe(0)
})

test('a running container is searched up to now, and the rest goes on being written', async () => {
  const id = await run('running', 'i=0; while :; do i=$((i+1)); echo "beat $i"; usleep 20000; done')
  await until(() => modelContainer(id)?.state === 'running')
  const before = await grepCount(id, 'beat')
  const found = await search([id], { text: 'beat' })
  expect(found.end?.reason).toBe('complete')
  expect(found.progress?.hitCount).toBeGreaterThanOrEqual(before)
  expect(found.progress?.hitCount).toBeLessThanOrEqual(await grepCount(id, 'beat'))
})

test('a runaway pattern is stopped with clear words, and the server goes on', async () => {
  const id = await ended('runaway', 'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')
  let beats = 0
  const timer = setInterval(() => {
    beats += 1
  }, 10)
  const found = await search([id], { text: '(a+)+$', isRegex: true })
  clearInterval(timer)
  expect(found.end?.reason).toBe('runaway')
  expect(found.end?.detail).toMatch(/takes too long/)
  // The event loop of the server never waited for the pattern.
  expect(beats).toBeGreaterThan(50)
})

test('leaving ends the threads and the reads of the Engine at once', async () => {
  const id = await ended('cancel', 'awk \'BEGIN { for (i = 0; i < 300000; i++) print "line " i }\'')
  const leaving = new AbortController()
  const searching = search([id], { text: 'line' }, { signal: leaving.signal })
  await new Promise((resolve) => setImmediate(resolve))
  leaving.abort()
  const found = await searching
  expect(found.end).toBeNull()
})

test('a container that cannot be read makes the search partial, and says why', async () => {
  const [readable, unreadable] = await Promise.all([
    ended('readable', 'echo needle'),
    ended('unreadable', 'echo needle', '--log-driver', 'none'),
  ])
  const found = await search([readable, unreadable], { text: 'needle' })
  expect(found.end?.reason).toBe('partial')
  expect(found.end?.detail).toMatch(/logging driver/)
  expect(found.texts).toEqual([['needle'], []])
  expect(found.progress?.sources[1]?.state).toBe('failed')
})

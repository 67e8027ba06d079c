import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelContainer } from '#server/engine/model/live-model'
import { containerDownload } from '#server/logs/download/download'
import { docker, finish, removeAll, run, until } from './logs-fixture.ts'

let id = ''
let lines: string[] = []

beforeAll(async () => {
  await removeAll()
  id = await run(
    'download',
    `awk 'BEGIN { for (i = 1; i <= 20000; i++) if (i % 100 == 0) print "ERROR request " i > "/dev/stderr"; else print "INFO request " i }'`,
  )
  await docker('wait', id)
  await until(() => modelContainer(id)?.state === 'exited')
  lines = (await download('')).trimEnd().split('\n')
})
afterAll(finish)

async function download(query: string): Promise<string> {
  return (await containerDownload(new Request(`http://x/?${query}`), id)).text()
}

test('the whole log is every line', () => {
  expect(lines.length).toBe(20_000)
  expect(lines.toSorted()).toEqual(
    Array.from(
      { length: 20_000 },
      (_, i) => `${(i + 1) % 100 === 0 ? 'ERROR' : 'INFO'} request ${i + 1}`,
    ).toSorted(),
  )
})

test.each<[string, string, (line: string) => boolean]>([
  ['a text', 'q=REQUEST+77', (line) => line.includes('request 77')],
  ['a text, with case', 'q=REQUEST&case=1', () => false],
  [
    'a regular expression',
    `regex=1&q=${encodeURIComponent('request \\d*[^0-9]*99$')}`,
    (line) => /request \d*[^0-9]*99$/.test(line),
  ],
  ['inverted', 'q=INFO&invert=1', (line) => !line.includes('INFO')],
  ['a level', 'levels=error', (line) => line.startsWith('ERROR')],
  ['a stream', 'stream=stdout', (line) => line.startsWith('INFO')],
])('the file is the view: %s', async (_, query, accepts) => {
  const expected = lines.filter(accepts).join('\n')
  expect((await download(query)).trimEnd()).toBe(expected)
})

test('a time range, times in front, and JSON lines', async () => {
  const stamped = (await docker('logs', '-t', id)).split('\n').filter((line) => line.includes('INFO'))
  const ms = (line = ''): number => Date.parse(`${line.slice(0, 23)}Z`)
  const [since, until_] = [ms(stamped[5_000]), ms(stamped[9_000])]
  const expected = stamped.filter((line) => ms(line) >= since && ms(line) <= until_)
  const file = await download(`stream=stdout&timestamps=1&since=${since}&until=${until_}`)
  expect(file.trimEnd().split('\n')).toEqual(expected)
  const json = (await download(`q=${encodeURIComponent('request 19900')}&format=jsonl`)).trimEnd()
  expect(JSON.parse(json)).toMatchObject({ stream: 'stderr', level: 'error', text: 'ERROR request 19900' })
})

test('a pattern that is none is refused, one that never ends is stopped', async () => {
  await expect(download('regex=1&q=(')).rejects.toMatchObject({ code: 'bad_request' })
  const hostile = await run(
    'download-hostile',
    'echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!',
  )
  await docker('wait', hostile)
  const url = `http://x/?regex=1&q=${encodeURIComponent('(a+)+$')}`
  const response = await containerDownload(new Request(url), hostile)
  await expect(response.text()).rejects.toThrow()
})

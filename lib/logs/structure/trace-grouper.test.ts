import { expect, it } from 'vitest'
import { detectLevel } from '../level.ts'
import { TraceGrouper } from './trace-grouper.ts'

/** The groups of these lines, one array each; `stepMs` between the lines. */
function groups(lines: string[], stepMs = 1): string[][] {
  const grouper = new TraceGrouper()
  const found: string[][] = []
  lines.forEach((line, index) => {
    const ms = index * stepMs
    const time = { seconds: 100 + Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 }
    if (grouper.next(line, detectLevel(line), time)) found.at(-1)?.push(line)
    else found.push([line])
  })
  return found
}
const sizes = (lines: string[], stepMs?: number): number[] =>
  groups(lines, stepMs).map((group) => group.length)

it.each([
  [
    'Node',
    [
      'Error: connect ECONNREFUSED 127.0.0.1:5432',
      '    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16) {',
      "  code: 'ECONNREFUSED',",
      '}',
      'INFO next',
    ],
    [4, 1],
  ],
  [
    'Python, chained, behind the line that logged it',
    [
      'ERROR:app:could not save',
      'Traceback (most recent call last):',
      '  File "/app/a.py", line 3, in f',
      '    g()',
      'KeyError: 1',
      '',
      'During handling of the above exception, another exception occurred:',
      '',
      'Traceback (most recent call last):',
      '  File "/app/a.py", line 9, in h',
      'psycopg.OperationalError: refused',
      'INFO:app:next',
    ],
    [11, 1],
  ],
  [
    'Java with causes',
    [
      '2026-11-24 00:11:17.123 [main] ERROR c.e.Shop - failed',
      'java.lang.IllegalStateException: no config',
      '\tat com.example.Main.main(Main.java:8)',
      'Caused by: java.net.ConnectException: Connection refused',
      '\tat java.base/sun.nio.ch.Net.connect0(Native Method)',
      '\t... 23 more',
      '2026-11-24 00:11:17.124 [main] INFO c.e.Shop - next',
    ],
    [6, 1],
  ],
  [
    'Go',
    [
      'panic: runtime error: index out of range [5] with length 3',
      '',
      'goroutine 1 [running]:',
      'main.main()',
      '\t/app/main.go:8 +0x1d',
      'exit status 2',
      '2026/11/24 00:11:17 next',
    ],
    [6, 1],
  ],
  [
    'Rust',
    [
      "thread 'main' panicked at src/main.rs:2:5:",
      'index out of bounds',
      'note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace',
      'next',
    ],
    [3, 1],
  ],
  [
    'PHP',
    [
      'PHP Fatal error:  Uncaught Error: x in /var/www/a.php:3',
      'Stack trace:',
      '#0 /var/www/b.php(12): x()',
      '#1 {main}',
      '  thrown in /var/www/a.php on line 3',
      'next',
    ],
    [5, 1],
  ],
  [
    '.NET console',
    ['info: Microsoft.Hosting.Lifetime[14]', '      Now listening on: http://[::]:80', 'info: X[0]'],
    [2, 1],
  ],
  [
    'two that only come together',
    [
      'Error: a',
      '    at b (/app/a.js:1:1)',
      'Traceback (most recent call last):',
      '  File "a.py", line 1',
      'KeyError: 1',
    ],
    [2, 3],
  ],
  ['pretty JSON', ['{', '  "a": 1,', '  "b": {', '  }', '}', 'next'], [5, 1]],
])('%s', (_, lines, expected) => {
  expect(sizes(lines)).toEqual(expected)
})

it('leaves messages that come close together apart', () => {
  expect(sizes(['INFO a', 'INFO b', 'INFO c'], 20)).toEqual([1, 1, 1])
  expect(sizes(['a', 'b', 'c'], 0)).toEqual([1, 1, 1])
  expect(sizes(['ERROR a', 'ERROR b'], 0)).toEqual([1, 1])
})

it('does not take a program that prints indented lines now and then for a trace', () => {
  expect(sizes(['start', '  tick 1', '  tick 2'], 1000)).toEqual([1, 1, 1])
  expect(sizes(['  tick 1', '  tick 2'], 1)).toEqual([1, 1])
})

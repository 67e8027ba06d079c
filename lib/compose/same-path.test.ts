import { expect, test } from 'vitest'
import { pathProblem } from './same-path.ts'

const mounts = [
  { type: 'bind', source: '/srv', destination: '/srv' },
  { type: 'bind', source: '/home/ann/shop', destination: '/srv/shop' },
  { type: 'volume', source: '/var/lib/docker/volumes/x/_data', destination: '/data' },
  { type: 'bind', source: '/opt/', destination: '/opt' },
] as const

test.each([
  ['/srv/blog', null],
  ['/srv', null],
  ['/opt/x/compose.yaml', null],
  ['/srv/shop', 'mounted elsewhere'],
  ['/srv/shop/compose.yaml', 'mounted elsewhere'],
  ['/data/stacks', 'not mounted'],
  ['/srvother', 'not mounted'],
  ['/etc', 'not mounted'],
])('%s is %s', (path, problem) => {
  expect(pathProblem(path, mounts)).toBe(problem)
})

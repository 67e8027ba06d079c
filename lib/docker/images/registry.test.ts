import { expect, it } from 'vitest'
import { registryHost } from './registry.ts'

it.each([
  ['ghcr.io', 'ghcr.io'],
  ['https://GHCR.io/v2/', 'ghcr.io'],
  ['registry.example:5000', 'registry.example:5000'],
  ['https://index.docker.io/v1/', 'docker.io'],
  ['hub.docker.com', 'docker.io'],
  ['127.0.0.1:5000', '127.0.0.1:5000'],
  ['', null],
  ['a b', null],
  ['-x.io', null],
  ['x:port', null],
])('%s is %s', (text, host) => {
  expect(registryHost(text)).toBe(host)
})

import { expect, test } from 'vitest'
import type { JobStep } from '#lib/jobs/job-event'
import { failureWords, plainError, successWords } from './outcome.ts'
import { upRequest } from './request.ts'

const up = { verb: 'up', ...upRequest.parse({}) } as const
const step = (label: string, detail: string): JobStep => ({ id: label, label, detail, state: 'done' })

test('counts what became of each container, the replaced one by its final name', () => {
  expect(
    successWords(up, [
      step('web', 'built'),
      step('Container shop-web-1', 'recreate'),
      step('Container 0123456789ab_shop-web-1', 'started'),
      step('Container shop-db-1', 'running'),
      step('Container shop-job-1', 'created'),
      step('Container shop-job-1', 'started'),
    ]),
  ).toBe('1 image built, 1 container created, 1 container recreated')
  expect(successWords(up, [step('Container shop-db-1', 'running')])).toBe(
    'nothing to do: all of it is so already',
  )
})

test.each([
  [
    'Error response from daemon: driver failed: Bind for 0.0.0.0:80 failed: port is already allocated',
    'port 80 is taken already',
  ],
  [
    'Error response from daemon: failed to set up container networking: failed to bind host port for 127.0.0.1:8080:172.19.0.3:80/tcp: address already in use',
    'port 8080 is taken already',
  ],
  [
    'failed to bind host port for [::]:8080:172.19.0.3:80/tcp: address already in use',
    'port 8080 is taken already',
  ],
  ['listen tcp4 0.0.0.0:8000: bind: address already in use', 'port 8000 is taken already'],
  [
    'error while interpolating services.a.image: required variable NOPE is missing a value: set it',
    'variable NOPE is not set: set it',
  ],
  ['Error response from daemon: no such image', 'no such image'],
  [
    'failed to list networks: Error response from daemon: <html><body><h1>403 Forbidden</h1></body></html>',
    'the socket proxy refuses it: it needs NETWORKS=1 (failed to list networks)',
  ],
  [
    'failed to create network a_default: Error response from daemon: <html><body><h1>403 Forbidden</h1>',
    'the socket proxy refuses it: it needs NETWORKS=1 and POST=1 (failed to create network a_default)',
  ],
  [
    'Error response from daemon: <html><body><h1>403 Forbidden</h1></body></html>',
    'the socket proxy refuses it: Compose needs CONTAINERS=1, IMAGES=1, NETWORKS=1, VOLUMES=1 and POST=1',
  ],
])('%s', (line, words) => {
  expect(plainError(line)).toBe(words)
})

test('a failed build goes before what Compose says about it', () => {
  const failed: JobStep = {
    id: 'v',
    parentId: 'build web',
    label: '[2/2] RUN make',
    state: 'failed',
    error: 'process "make" did not complete successfully: exit code: 2',
  }
  expect(failureWords([failed], ['failed to solve: process "make"'], 1)).toBe(
    'build of web failed, exit code 2',
  )
  expect(failureWords([], [], 14)).toBe('Compose ended with exit code 14')
})

import { describe, expect, it } from 'vitest'
import type { Container } from '../docker/containers/container.ts'
import type { Image } from '../docker/images/image.ts'
import { parseRunLine } from '../run-line/parse-run-line.ts'
import { knownProblems, localImage, refusedField } from './known-problems.ts'

const web = {
  id: 'a'.repeat(64),
  name: 'web',
  ports: [{ containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '127.0.0.1' }],
} as Container
const known = {
  containers: [web],
  images: [],
  networks: [{ id: 'b'.repeat(64), name: 'shop' }] as never,
  replacedId: null,
}
const problemsOf = (line: string, more = {}) =>
  Object.fromEntries(
    [...knownProblems(parseRunLine(line).spec, { ...known, ...more })].map(([field, { message }]) => [
      field,
      message,
    ]),
  )

describe('knownProblems', () => {
  it('names who has the name and who holds the port', () => {
    expect(problemsOf('docker run --name web -p 8080:80 x')).toEqual({
      name: 'The container aaaaaaaaaaaa has this name.',
      'ports.0': 'Port 8080 is held by the container web.',
    })
  })
  it.each(['-p 8080:80/udp', '-p 127.0.0.2:8080:80', '-p 8081:80', '-p 80', '-p 8080-8090:80'])(
    'sees no collision with %s',
    (option) => expect(problemsOf(`docker run ${option} x`)).toEqual({}),
  )
  it('leaves the container that is made again out of it', () => {
    expect(problemsOf('docker run --name web -p 8080:80 x', { replacedId: web.id })).toEqual({})
  })
  it('misses a network and a container whose network is shared', () => {
    expect(problemsOf('docker run --network nope x')).toHaveProperty(['networks.0'])
    expect(problemsOf('docker run --network container:nope x')).toHaveProperty(['networks.0'])
    expect(problemsOf('docker run --network shop x')).toEqual({})
    expect(problemsOf('docker run --network container:web x')).toEqual({})
  })
})

describe('localImage', () => {
  const image = {
    id: `sha256:${'c'.repeat(64)}`,
    tags: ['busybox:latest', 'localhost:5000/x:1'],
    digests: [`busybox@sha256:${'d'.repeat(64)}`],
  } as Image
  it.each([
    'busybox',
    'busybox:latest',
    'docker.io/library/busybox',
    'localhost:5000/x:1',
    'c'.repeat(12),
    `sha256:${'c'.repeat(64)}`,
    `busybox@sha256:${'d'.repeat(64)}`,
  ])('knows %s', (text) => expect(localImage(text, [image])).toBe(image))
  it.each(['busybox:1', 'x:1', 'acme/busybox', '', 'Bad Name'])('does not know %s', (text) =>
    expect(localImage(text, [image])).toBeNull(),
  )
})

it('finds the field in a refusal', () => {
  expect(refusedField('bad_request', 'ports.0: Port 80 is held by web.')).toEqual({
    field: 'ports.0',
    message: 'Port 80 is held by web.',
  })
  expect(refusedField('bad_request', 'spec.ports.0.hostIp: too long')).toEqual({
    field: 'ports.0.hostIp',
    message: 'too long',
  })
  expect(refusedField('name_taken', 'x')).toEqual({ field: 'name', message: 'x' })
  expect(refusedField('conflict', 'a: b')).toBeNull()
})

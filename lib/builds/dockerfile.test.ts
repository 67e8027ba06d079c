import { expect, test } from 'vitest'
import { isDockerfileName, readDockerfile } from './dockerfile.ts'

test('reads the stages and the arguments, past comments, continued lines and here-documents', () => {
  const text = [
    '# syntax=docker/dockerfile:1',
    'ARG NODE=24 REGISTRY',
    'FROM --platform=$BUILDPLATFORM node:${NODE} AS build',
    'ARG GREETING="two words" \\',
    '    # a remark',
    "    NAME='x'",
    'ARG NODE',
    'RUN <<END',
    'FROM not AS stage',
    'END',
    'RUN --network=none --mount=type=secret,id=npmrc,required=true --mount=type=ssh \\',
    '    make --mount=type=secret,id=not-one',
    'RUN --mount=type=secret,target=/root/token --mount=type=cache,target=/x make',
    'from build as Final-1.0',
    'FROM scratch',
  ].join('\n')
  expect(readDockerfile(text)).toEqual({
    stages: ['build', 'Final-1.0'],
    args: [
      { name: 'NODE', value: '24' },
      { name: 'REGISTRY', value: null },
      { name: 'GREETING', value: 'two words' },
      { name: 'NAME', value: 'x' },
    ],
    secrets: ['npmrc', 'token'],
    sshKeys: ['default'],
  })
})

test.each([
  ['Dockerfile', true],
  ['Containerfile', true],
  ['Dockerfile.dev', true],
  ['web.Dockerfile', true],
  ['web.Dockerfile.dockerignore', false],
  ['Dockerfile.dockerignore', false],
  ['MyDockerfile', false],
])('%s: %s', (name, isOne) => {
  expect(isDockerfileName(name)).toBe(isOne)
})

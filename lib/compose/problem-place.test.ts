import { expect, it } from 'vitest'
import { readEnvFile } from './variables/env-file.ts'
import { readProblem } from './problem-place.ts'

it.each([
  [
    "validating /srv/my shop/compose.yaml: services.app additional properties 'imagee' not allowed",
    {
      message: "services.app additional properties 'imagee' not allowed",
      path: '/srv/my shop/compose.yaml',
      line: 0,
      keys: ['services', 'app', 'imagee'],
    },
  ],
  [
    'yaml: line 3: did not find expected key',
    { message: 'did not find expected key', path: '', line: 3, keys: [] },
  ],
  [
    'service "app" refers to undefined network lost: invalid compose project',
    {
      message: 'service "app" refers to undefined network lost: invalid compose project',
      path: '',
      line: 0,
      keys: ['services', 'app'],
    },
  ],
])('%s', (said, wanted) => {
  expect(readProblem(said)).toEqual(wanted)
})

it('reads assignments of an env file with their lines', () => {
  expect(readEnvFile('# c\r\nA=1\nexport B="two # not a comment" # c\n  C = x y # c\nnot one\nA=3')).toEqual([
    { name: 'A', value: '1', line: 2 },
    { name: 'B', value: 'two # not a comment', line: 3 },
    { name: 'C', value: 'x y', line: 4 },
    { name: 'A', value: '3', line: 6 },
  ])
})

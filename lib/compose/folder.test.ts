import { expect, test } from 'vitest'
import { defaultFileNames, isComposeFileName, isEnvFileName, pathProblem } from './folder.ts'

test('takes the files Compose would, in its order', () => {
  expect(defaultFileNames(['docker-compose.yml', 'compose.yaml', 'compose.override.yml'])).toEqual([
    'compose.yaml',
    'compose.override.yml',
  ])
  expect(defaultFileNames(['compose.override.yaml'])).toEqual([])
})

test('knows the names of compose and environment files', () => {
  expect(['compose.prod.yaml', 'docker-compose-dev.yml', 'compose.yml'].every(isComposeFileName)).toBe(true)
  expect(['config.yaml', 'compose.json'].some(isComposeFileName)).toBe(false)
  expect(['.env', '.env.production', 'prod.env'].every(isEnvFileName)).toBe(true)
  expect(['.env.example', 'env'].some(isEnvFileName)).toBe(false)
})

test.each(['', 'srv', '/srv/../etc', '/srv\0', '/a\nb'])('%j is no path', (path) => {
  expect(pathProblem(path)).not.toBeNull()
})

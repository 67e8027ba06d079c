import { expect, it } from 'vitest'
import { containerNameProblem } from './container-name.ts'

it.each([
  ['backend-app', null],
  ['a1', null],
  ['a_b.c-d', null],
  ['', 'needs a name'],
  ['a', 'two'],
  ['-a', 'Start with'],
  ['.hidden', 'Start with'],
  ['my app', 'Spaces are'],
  ['a/b', '“/” is'],
  ['naïve', '“ï” is'],
  ['taken', 'Another container'],
])('%j', (name, problem) => {
  const found = containerNameProblem(name, ['taken'])
  if (problem === null) expect(found).toBeNull()
  else expect(found).toContain(problem)
})

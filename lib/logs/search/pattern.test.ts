import { expect, test } from 'vitest'
import { isLineSafe, requiredLiteral } from './pattern.ts'

test.each([
  ['error.*timeout', 'timeout'],
  ['a|error', ''],
  ['(?:x|y)error[0-9]+', 'error'],
  ['colou?r', 'colo'],
  ['ab{2}cdef', 'cdef'],
  ['a{x|y}', ''],
  ['1\\.2\\.3', '1.2.3'],
  ['warn\\s+disk', 'warn'],
  ['[(|]fatal', 'fatal'],
  ['\\u0041bcdef', ''],
  ['x\\)yz', 'x)yz'],
  ['(a', ''],
])('every match of %s contains “%s”', (source, literal) => {
  expect(requiredLiteral(source)).toBe(literal)
})

test.each([
  ['error.*timeout', true],
  ['^\\d+ (GET|POST) /', true],
  ['a[^b]c', false],
  ['a\\s+b', false],
  ['a(?!b)', false],
  ['(?<!a)b', false],
  ['a\\nb', false],
  ['(?i:a)', false],
  ['(?:a)(?=b)', true],
])('%s stays in its line: %s', (source, isSafe) => {
  expect(isLineSafe(source)).toBe(isSafe)
})

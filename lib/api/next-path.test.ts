import { expect, test } from 'vitest'
import { safeNextPath } from './next-path.ts'

test.each([
  ['/containers/abc/logs?level=error#l3', '/containers/abc/logs?level=error#l3'],
  ['/', '/'],
])('goes on to %s', (text, path) => expect(safeNextPath(text)).toBe(path))

test.each([
  null,
  '',
  'containers',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '\\\\evil.example',
  'https://evil.example/',
  'javascript:alert(1)',
  '/./\\evil.example',
  '/sign-in?next=/sign-in',
  '/api/session',
])('goes home instead of to %j', (text) => expect(safeNextPath(text)).toBe('/'))

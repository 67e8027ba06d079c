import { expect, test } from 'vitest'
import { claimAt, groupsIn } from './claims.ts'

const claims = {
  groups: ['a', 1, 'b'],
  realm_access: { roles: ['c'] },
  'https://dash.example/roles': ['d'],
  words: 'e, f g',
}

test.each([
  ['groups', ['a', 'b']],
  ['realm_access.roles', ['c']],
  ['https://dash.example/roles', ['d']],
  ['words', ['e', 'f', 'g']],
  ['missing.roles', []],
  ['constructor.name', []],
  ['__proto__', []],
])('%s', (path, groups) => expect(groupsIn(claims, path)).toEqual(groups))

test('what is not there is undefined', () => expect(claimAt(claims, 'toString')).toBeUndefined())

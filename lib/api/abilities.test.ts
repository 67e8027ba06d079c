import { expect, test } from 'vitest'
import { type Abilities, refusalOf } from './abilities.ts'

const somebody = (over: Partial<Abilities>): Abilities => ({
  userName: 'ann',
  role: 'operator',
  projects: null,
  isReadOnly: false,
  isExecOn: true,
  ...over,
})

test.each([
  ['an operator acts', somebody({}), 'operator', null],
  ['a viewer does not', somebody({ role: 'viewer' }), 'operator', /role operator; you are viewer/],
  ['an operator is no admin', somebody({}), 'admin', /role admin/],
  [
    'nobody changes a read-only dashboard',
    somebody({ role: 'admin', isReadOnly: true }),
    'admin',
    /only reads/,
  ],
  ['whose people an admin still manages', somebody({ role: 'admin', isReadOnly: true }), 'people', null],
  ['images are beyond projects', somebody({ projects: ['shop'] }), 'engine', /more than the projects/],
  ['what needs nothing is for everybody', somebody({ role: 'viewer' }), undefined, null],
] as const)('%s', (_, abilities, need, expected) => {
  const refusal = refusalOf(abilities, need)
  if (expected === null) expect(refusal).toBeNull()
  else expect(refusal).toMatch(expected)
})

import { expect, test } from 'vitest'
import { emptyWords, readMissing } from './missing.ts'
import { usesOf } from './uses.ts'

test.each([
  [
    'error while interpolating services.a.image: required variable NOPE is missing a value: set it',
    { name: 'NOPE', isRequired: true, wish: 'set it' },
  ],
  ['required variable NOPE is missing a value', { name: 'NOPE', isRequired: true, wish: '' }],
  [
    'The "MODE" variable is not set. Defaulting to a blank string.',
    { name: 'MODE', isRequired: false, wish: '' },
  ],
  ['services.web is not a mapping', null],
])('%s', (said, wanted) => {
  expect(readMissing(said)).toEqual(wanted)
})

test('names what is empty once, as one would say it', () => {
  const said = (name: string): string =>
    `warning: The "${name}" variable is not set. Defaulting to a blank string.`
  expect(emptyWords(['warning: something else'])).toBe('')
  expect(emptyWords([said('A'), said('A')])).toBe('A is not set, so it is empty')
  expect(emptyWords(['A', 'B', 'C'].map(said))).toBe('A, B and C are not set, so they are empty')
})

test('finds the lines that use a variable, not its namesakes and not what is escaped', () => {
  const text = 'a: $MODE\nb: ${MODE:-x}\nc: $$MODE\nd: ${MODES}\ne: ${OTHER:-${MODE}}'
  expect(usesOf('MODE', [{ path: '/c.yaml', text }]).map(({ line }) => line)).toEqual([1, 2, 5])
})

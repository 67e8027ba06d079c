import { describe, expect, it } from 'vitest'
import {
  networkAliasProblem,
  networkNameProblem,
  parentInterfaceProblem,
  readAliases,
} from './network-name.ts'

describe('network names', () => {
  it.each(['shop_backend', 'a', 'A.b-c_9'])('takes %s', (name) =>
    expect(networkNameProblem(name, ['x'])).toBeNull(),
  )
  it.each([
    ['', 'Write a name'],
    ['x', 'exists already'],
    ['host', 'own word'],
    ['container:x', 'letters, digits'],
    ['-x', 'letters, digits'],
    ['a b', 'letters, digits'],
    ['a\n', 'letters, digits'],
    ['<i>', 'letters, digits'],
    ['../x', 'letters, digits'],
    ['a'.repeat(64), 'network id'],
    ['n'.repeat(129), '128'],
  ])('refuses %j', (name, words) => expect(networkNameProblem(name, ['x'])).toContain(words))
})

describe('aliases', () => {
  it('reads commas and spaces, each once', () => {
    expect(readAliases(' db, cache\tdb ')).toEqual(['db', 'cache'])
    expect(readAliases(' ')).toEqual([])
  })
  it('must be DNS names', () => {
    for (const alias of ['db', 'db.internal', 'my_db', 'a']) expect(networkAliasProblem(alias)).toBeNull()
    for (const alias of ['', '-db', 'db-', 'a..b', 'd b', 'db\n', '<b>', 'x'.repeat(64)])
      expect(networkAliasProblem(alias)).not.toBeNull()
  })
})

it('takes interface names', () => {
  for (const name of ['', 'eth0', 'eth0.20', 'wlan0@if2']) expect(parentInterfaceProblem(name)).toBeNull()
  for (const name of ['eth 0', '../x', '-a', 'e'.repeat(40)])
    expect(parentInterfaceProblem(name)).not.toBeNull()
})

import { describe, expect, it } from 'vitest'
import { readLabels, volumeDriverProblem, volumeNameProblem } from './volume-name.ts'

describe('volume names', () => {
  it.each(['shop_data', 'ab', '0.x-y'])('takes %s', (name) => expect(volumeNameProblem(name, [])).toBeNull())
  it.each([
    ['', 'Write a name'],
    ['a', 'two characters'],
    ['/var/lib', 'bind mount'],
    ['../x', 'bind mount'],
    ['a b', 'letters'],
    ['ab\n', 'letters'],
    ['_ab', 'letters'],
    ['<b>', 'letters'],
    ['taken', 'exists already'],
    ['v'.repeat(256), '255'],
  ])('refuses %j', (name, words) => expect(volumeNameProblem(name, ['taken'])).toContain(words))

  it('takes drivers as the Engine names them', () => {
    for (const driver of ['local', 'vieux/sshfs:latest']) expect(volumeDriverProblem(driver)).toBeNull()
    for (const driver of ['', ' local', 'a b', '-x']) expect(volumeDriverProblem(driver)).not.toBeNull()
  })
})

describe('labels', () => {
  it('reads one a line', () => {
    expect(readLabels('team=data\n\n note=a = b \nbare')).toEqual({
      labels: { team: 'data', note: 'a = b', bare: '' },
    })
  })
  it.each([
    ['=x', 'needs a key'],
    ['a=1\na=2', 'twice'],
    ['a b=1', 'space'],
    ['com.docker.compose.project=shop', 'belongs to Docker'],
  ])('refuses %j', (text, words) => {
    const read = readLabels(text)
    expect('problem' in read ? read.problem : '').toContain(words)
  })
  it('keeps a hostile key a plain label', () => {
    const read = readLabels('__proto__=x')
    expect('labels' in read && Object.keys(read.labels)).toEqual(['__proto__'])
  })
})

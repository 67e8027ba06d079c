import { describe, expect, it } from 'vitest'
import { fieldOf, fieldsOf, fieldTest } from './fields.ts'

describe('fieldsOf', () => {
  it('keeps the order of keys and every digit of numbers, and names nested fields by their path', () => {
    expect(fieldsOf('{"z":9007199254740993,"a":{"b":"x","c":[1,2]},"n":null,"f":1.50}')).toEqual([
      { key: 'z', value: '9007199254740993' },
      { key: 'a.b', value: 'x' },
      { key: 'a.c', value: '[1,2]' },
      { key: 'n', value: 'null' },
      { key: 'f', value: '1.50' },
    ])
  })

  it('reads logfmt, quoted values too', () => {
    const fields = fieldsOf('time=2026-11-24T00:11:17Z level=info msg="a \\"b\\" c=d" took_ms=18 empty=')
    expect(fields.map(({ key, value }) => [key, value])).toEqual([
      ['time', '2026-11-24T00:11:17Z'],
      ['level', 'info'],
      ['msg', 'a "b" c=d'],
      ['took_ms', '18'],
      ['empty', ''],
    ])
  })

  it.each(['plain words', 'x = 1', 'only=one', '{"broken":', '[]', ''])('%j has none', (line) => {
    expect(fieldsOf(line)).toEqual([])
  })

  it('sees through colours', () => {
    expect(fieldOf('\u001b[36mlevel\u001b[0m=info \u001b[36mmethod\u001b[0m=GET', 'method')).toBe('GET')
  })
})

describe('fieldTest', () => {
  const line = '{"method":"GET","status":200,"path":"/a b"}'
  it.each([
    [[{ key: 'method', value: 'GET', isNot: false }], true],
    [[{ key: 'method', value: 'POST', isNot: false }], false],
    [[{ key: 'path', value: '/a b', isNot: false }], true],
    [[{ key: 'method', value: '200', isNot: false }], false],
    [[{ key: 'status', value: '200', isNot: true }], false],
    [[{ key: 'method', value: '200', isNot: true }], true],
    [
      [
        { key: 'status', value: '404', isNot: false },
        { key: 'status', value: '200', isNot: false },
      ],
      true,
    ],
    [
      [
        { key: 'method', value: 'GET', isNot: false },
        { key: 'status', value: '200', isNot: true },
      ],
      false,
    ],
  ])('%j', (filters, expected) => {
    expect(fieldTest(filters)(line)).toBe(expected)
  })

  it('a line without the field is not what is wanted, and passes what is not wanted', () => {
    expect(fieldTest([{ key: 'a', value: 'x', isNot: false }])('x marks')).toBe(false)
    expect(fieldTest([{ key: 'a', value: 'x', isNot: true }])('x marks')).toBe(true)
  })
})

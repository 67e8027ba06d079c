import { describe, expect, it } from 'vitest'
import { parseJsonLine, printJson, summariseJson } from './json-line.ts'

const read = (text: string) => {
  const node = parseJsonLine(text)
  return node ? printJson(node) : null
}

describe('parseJsonLine', () => {
  it('keeps the order of keys and every digit', () => {
    const text = '{"id":9007199254740993,"o":{"z":1,"a":2},"2":1,"1":-0.10e+5}'
    expect(read(text)).toBe(text)
  })

  it('takes what JSON allows and nothing else', () => {
    expect(read(' { "a" : [ 1 , true , null , "\\u00e9\\n" ] } ')).toBe('{"a":[1,true,null,"é\\n"]}')
    const bad = ['[1]', 'plain', '{"a":01}', '{"a":1,}', '{"a":1} x', '{a:1}', '{"a":"\\x"}', '{"a"}', '{']
    for (const text of bad) expect(read(text)).toBeNull()
  })

  it('gives up on nesting no person reads', () => {
    expect(read(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`)).toBeNull()
  })
})

it('summarises a line: message first, then fields', () => {
  const node = parseJsonLine(
    '{"level":30,"time":1,"pid":1,"attempt":4,"host":"db","msg":"not ready","o":{"b":1}}',
  )
  expect(node && summariseJson(node)).toEqual({
    message: 'not ready',
    fields: [
      { key: 'attempt', text: '4' },
      { key: 'host', text: 'db' },
      { key: 'o', text: '{"b":1}' },
    ],
  })
})

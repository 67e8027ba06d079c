import { expect, it } from 'vitest'
import { afterCarriageReturns, showHidden } from './visible-text.ts'

it.each([
  ['plain\ttext é €', 'plain\ttext é €'],
  ['a\u202eb', 'a<U+202E>b'],
  ['\u2066x\u2069', '<U+2066>x<U+2069>'],
  ['a\u0000b\u0007', 'a␀b␇'],
  ['\u007f\u009b', '␡<U+009B>'],
  ['zero\u200bwidth', 'zero<U+200B>width'],
  ['👩\u200d👧 👁\ufe0f\u200d🗨', '👩\u200d👧 👁\ufe0f\u200d🗨'],
  ['a\u200db 👩\u200d', 'a<U+200D>b 👩<U+200D>'],
])('writes out what hides in %j', (text, expected) => {
  expect(showHidden(text)).toBe(expected)
})

it.each([
  ['10%\r20%\r30%', '30%'],
  ['crlf\r', 'crlf'],
  ['\rat the start', 'at the start'],
  ['plain', 'plain'],
  ['\r', ''],
])('shows the last state of a progress line %j', (text, expected) => {
  expect(afterCarriageReturns(text)).toBe(expected)
})

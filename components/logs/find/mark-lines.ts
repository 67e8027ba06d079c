import { stripAnsi } from '#lib/logs/ansi'
import { fieldTest } from '#lib/logs/structure/fields'
import { marks } from '../store/line-marks.ts'
import type { LineTexts } from '../store/text-pages.ts'
import type { CompiledLookup } from './lookup.ts'

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Which patterns stand in each line and whether its fields are wanted, as the bits of `marks`. */
export function markLines(texts: LineTexts, lookup: CompiledLookup): Uint8Array<ArrayBuffer> {
  const found = new Uint8Array(texts.ids.length)
  const page = decoder.decode(texts.bytes)
  const hasEscapes = page.includes('\u001b')
  const tests = lookup.patterns
    .map(({ source, flags, mark, isRegex }) => ({ pattern: new RegExp(source, flags), mark, isRegex }))
    // A text that is nowhere in the page is in none of its lines.
    .filter(({ pattern, isRegex }) => isRegex || hasEscapes || pattern.test(page))
  const isWanted = lookup.fields.length > 0 ? fieldTest(lookup.fields) : null
  if (tests.length === 0 && !isWanted) return found
  const isAscii = page.length === texts.bytes.length
  for (let i = 0; i < found.length; i += 1) {
    const [from, to] = [texts.from[i] ?? 0, texts.to[i] ?? 0]
    const raw = isAscii ? page.slice(from, to) : decoder.decode(texts.bytes.subarray(from, to))
    const line = hasEscapes ? stripAnsi(raw) : raw
    let mark = isWanted?.(line) ? marks.fieldsWanted : 0
    for (const test of tests) if (test.pattern.test(line)) mark |= test.mark
    found[i] = mark
  }
  return found
}

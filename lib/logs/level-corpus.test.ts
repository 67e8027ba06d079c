import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { detectLevel, levels } from './level.ts'

interface Sample {
  format: string
  level: string
  line: string
}

/** `# format`, then lines of `level<tab>text`; `\u001b` stands for ESC. */
function readSamples(): Sample[] {
  const text = readFileSync(new URL('../../tests/fixtures/log-formats.tsv', import.meta.url), 'utf8')
  let format = ''
  const samples: Sample[] = []
  for (const row of text.split('\n').filter(Boolean)) {
    const tab = row.indexOf('\t')
    if (row.startsWith('# ')) format = row.slice(2)
    else
      samples.push({
        format,
        level: row.slice(0, tab),
        line: row.slice(tab + 1).replaceAll('\\u001b', '\u001b'),
      })
  }
  return samples
}

const samples = readSamples()
const found = samples.map((sample) => ({ ...sample, found: levels[detectLevel(sample.line)] }))
const misses = found
  .filter((sample) => sample.found !== sample.level)
  .map((sample) => `${sample.format}: ${sample.found}, not ${sample.level}: ${sample.line}`)

it('reads the level of at least 95 of 100 lines of real formats', () => {
  expect(new Set(samples.map((sample) => sample.format)).size).toBeGreaterThanOrEqual(60)
  expect(misses.length / samples.length, misses.join('\n')).toBeLessThanOrEqual(0.05)
})

it('takes nothing harmless for an error', () => {
  const alarms = found.filter(
    (sample) => ['error', 'fatal'].includes(sample.found ?? '') && !['error', 'fatal'].includes(sample.level),
  )
  expect(alarms).toEqual([])
})

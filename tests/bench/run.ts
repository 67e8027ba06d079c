// npm run bench                  every measure, about ten minutes
// npm run bench -- logs watched  these measures
// npm run bench -- --quick       one round, smaller logs
// npm run bench -- --json FILE   where to write the numbers (otherwise a file in the temporary folder)
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Bench } from './bench.ts'
import type { Row } from './measure.ts'
import { measures } from './measures.ts'
import { json, machine, table } from './report.ts'

/** The whole run stays below this; a measure that hangs is given up, and what was measured is printed. */
const runMs = 15 * 60_000
const measureMs = 4 * 60_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, json: { type: 'string' } },
})
const unknown = positionals.filter((name) => !(name in measures))
if (unknown.length > 0) {
  console.error(
    `bench: no measure is called ${unknown.join(', ')}; there are: ${Object.keys(measures).join(' ')}`,
  )
  process.exit(2)
}
if (!existsSync(join(import.meta.dirname, '../../dist/server.mjs')))
  if (spawnSync('npm', ['run', 'build'], { stdio: 'inherit' }).status !== 0) process.exit(1)

const stopping = new AbortController()
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort(new Error(name)))
const bench = new Bench({
  isQuick: values.quick,
  signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(runMs)]),
})
console.error(machine())
const rows: Row[] = []
const failures: string[] = []
const wanted = positionals.length > 0 ? positionals : Object.keys(measures)
for (const name of wanted) {
  if (bench.signal.aborted) break
  const started = performance.now()
  console.error(`${name} ...`)
  try {
    rows.push(...(await inTime(name)))
    console.error(`  done in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  } catch (error) {
    failures.push(name)
    console.error(`  failed: ${error instanceof Error ? error.message : String(error)}`)
  }
}
await bench.cleanUp()

const file = values.json ?? join(tmpdir(), `composure-bench-${Date.now()}.json`)
writeFileSync(file, json(rows, values.quick))
console.log(`\n${table(rows)}\n`)
console.log(`Each round is in ${file}`)
if (failures.length > 0) console.log(`Failed: ${failures.join(', ')}`)
process.exit(failures.length > 0 || stopping.signal.aborted ? 1 : 0)

async function inTime(name: string): Promise<Row[]> {
  const load = measures[name]
  if (!load) return []
  const measure = await load()
  let giveUp: (() => void) | null = null
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`not within ${measureMs / 1000} s`)), measureMs)
    const onAbort = (): void => reject(bench.signal.reason as Error)
    bench.signal.addEventListener('abort', onAbort)
    giveUp = () => {
      clearTimeout(timer)
      bench.signal.removeEventListener('abort', onAbort)
    }
  })
  try {
    return await Promise.race([measure(bench), late])
  } finally {
    ;(giveUp as (() => void) | null)?.()
  }
}

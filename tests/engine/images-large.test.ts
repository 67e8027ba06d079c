import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { formatBytes } from '#lib/format/bytes'
import { startAnalysis } from '#server/images/analyse'
import { readAnalysis } from '#server/images/results'
import { followJob } from '#server/jobs/follow'
import { makeLargeImage } from '../fixtures/large-image.ts'

// The settings are read when the first module of ours is loaded.
const dataDir = vi.hoisted(() => {
  process.env.COMPOSURE_DATA_DIR = `${process.env.TMPDIR ?? '/tmp'}/composure-large-${process.pid}`
  return process.env.COMPOSURE_DATA_DIR
})
const name = `composure-large-${randomBytes(3).toString('hex')}`
/** The archive is never held: what grows is the list of file names. docs/performance.md says what was measured. */
const maxGrowthBytes = 256 * 1024 * 1024
let id = ''

beforeAll(() => {
  id = makeLargeImage(name)
}, 120_000)
afterAll(() => {
  execFileSync('docker', ['rmi', '-f', name], { stdio: 'ignore' })
  rmSync(dataDir, { recursive: true, force: true })
})

test('an image of 1 GB is analysed with progress, in memory that does not grow with it', async () => {
  const startedAtMs = performance.now()
  const before = process.memoryUsage().rss
  let highest = before
  const meter = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage().rss)
  }, 25)
  const job = await startAnalysis(id, 'ann')
  const told = new Set<number>()
  const watcher = { signal: new AbortController().signal, session: { projects: null } }
  for await (const { events } of followJob({ id: job.id, after: 0 }, watcher))
    for (const event of events)
      if (event.kind === 'step' && event.step.state === 'running') told.add(event.step.currentBytes ?? 0)
  clearInterval(meter)
  const analysis = readAnalysis(id)
  const seconds = (performance.now() - startedAtMs) / 1000
  console.log(
    `1 GB analysed in ${seconds.toFixed(1)} s, resident memory ${formatBytes(before)} before and ${formatBytes(highest)} at most`,
  )
  expect(analysis).toMatchObject({ wastedBytes: 250_000_000, fileCount: expect.any(Number) })
  expect(told.size).toBeGreaterThan(5)
  expect(highest - before).toBeLessThan(maxGrowthBytes)
}, 120_000)

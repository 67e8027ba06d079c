// Runs the parts that bin/test names, one after the other, and counts what really ran.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'

const results = mkdtempSync(join(tmpdir(), 'composure-test-'))
const separator = process.argv.indexOf('--')
const named = process.argv.slice(2, separator < 0 ? undefined : separator)
const extra = separator < 0 ? [] : process.argv.slice(separator + 1)
const bin = (name) => join('node_modules/.bin', name)
process.env.PATH = `${join(process.cwd(), 'node_modules/.bin')}:${process.env.PATH}`
let isBuilt = false
/** The failed tests by name, said once more at the end: the place where it happened is thousands of lines further up. */
const failures = []

const parts = {
  format: () => check(bin('biome'), ['format', '.']),
  lint: () => check(bin('oxlint'), ['--type-aware', '--deny-warnings']),
  types: () =>
    sum(['.', 'lib', 'backend'].map((project) => check(bin('tsc'), ['--noEmit', '--project', project]))),
  unit: () => vitest('vitest.config.ts'),
  engine: () =>
    haveEngine() && haveBuild() ? sum([vitest('tests/engine/vitest.config.ts'), backend()]) : failed,
  browser: () => (haveEngine() && haveBrowser() && haveBuild() ? playwright() : failed),
  faults: () => (haveEngine() && haveBuild() ? faults() : failed),
  stack: () =>
    haveEngine() && haveBrowser() && haveBuild() ? vitest('tests/ground/vitest.config.ts') : failed,
}
const everyPart = Object.keys(parts).filter((name) => name !== 'stack')

const failed = { passed: 0, failed: 1, skipped: 0 }
const wanted = (named.length > 0 ? named : ['all']).flatMap((name) => (name === 'all' ? everyPart : [name]))
const unknown = wanted.filter((name) => !parts[name])
if (unknown.length > 0) {
  console.error(
    `test: no part is called ${unknown.join(', ')}; there are: ${Object.keys(parts).join(' ')} all`,
  )
  process.exit(2)
}

const report = wanted.map((name) => {
  console.log(`\n=== ${name}`)
  const started = performance.now()
  const counts = parts[name]()
  return { name, seconds: (performance.now() - started) / 1000, ...counts }
})
rmSync(results, { recursive: true, force: true })

console.log()
for (const { name, seconds, ...counts } of report) {
  console.log(`${name.padEnd(8)} ${seconds.toFixed(1).padStart(7)} s   ${inWords(counts)}`)
}
if (failures.length > 0) console.log(['', 'Failed:', ...failures].join('\n  '))
const total = sum(report)
console.log(`\n${inWords(total)}`)
process.exitCode = total.failed > 0 ? 1 : 0

function inWords({ passed, failed: bad, skipped }) {
  return `${passed} passed, ${bad} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

function sum(counts) {
  const add = (key) => counts.reduce((total, each) => total + each[key], 0)
  return { passed: add('passed'), failed: add('failed'), skipped: add('skipped') }
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...options })
  if (error) console.error(`test: ${command}: ${error.message}`)
  return status === 0
}

function check(command, args) {
  return run(command, [...args, ...extra]) ? { passed: 1, failed: 0, skipped: 0 } : failed
}

/** What a runner says it ran; a runner that fails without a failed test (a crash, an error on the side) counts as one. */
function counted(ok, file, read) {
  if (!existsSync(file)) return failed
  const counts = read(readFileSync(file, 'utf8'))
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

function vitest(config) {
  if (!existsSync(config)) return notThere(config)
  const file = join(results, `${config.replaceAll('/', '-')}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const ok = run(bin('vitest'), ['run', '--config', config, ...reporters, ...extra])
  return counted(ok, file, (text) => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(text)
    for (const { name, assertionResults } of testResults)
      for (const { fullName, status } of assertionResults)
        if (status === 'failed') failures.push(`${relative(process.cwd(), name)} ${fullName}`)
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  })
}

/** The fault tests, and the table of what each fault looked like from outside. */
function faults() {
  const file = join(results, 'faults.jsonl')
  process.env.COMPOSURE_FAULTS_REPORT = file
  const counts = vitest('tests/faults/vitest.config.ts')
  if (!existsSync(file)) return counts
  const inUnit = (value, unit) => (value === undefined ? '' : `${value} ${unit}`)
  const rows = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((row) => [
      row.fault,
      row.seen,
      inUnit(row.noticedMs, 'ms'),
      inUnit(row.healedMs, 'ms'),
      inUnit(row.memoryMb, 'MB'),
    ])
  const table = [['fault', 'seen', 'said after', 'healed after', 'memory'], ...rows]
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)))
  console.log()
  for (const row of table)
    console.log(
      row
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
  return counts
}

function playwright() {
  const config = 'tests/browser/playwright.config.ts'
  if (!existsSync(config)) return notThere(config)
  const file = join(results, 'browser.json')
  const ok = run(bin('playwright'), ['test', '--config', config, '--reporter=list,json', ...extra], {
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  })
  return counted(ok, file, (text) => {
    const { suites, stats } = JSON.parse(text)
    const { expected, unexpected, flaky, skipped } = stats
    for (const { file: name, line, title, ok: isOk } of specsOf(suites))
      if (!isOk) failures.push(`${name}:${line} ${title}`)
    if (flaky > 0) console.log(`test: ${flaky} passed only when tried again`)
    return { passed: expected + flaky, failed: unexpected, skipped }
  })
}

function specsOf(suites) {
  return suites.flatMap(({ specs, suites: inner = [] }) => [...specs, ...specsOf(inner)])
}

/** The backend's own tests, by Node's runner against a real Postgres. */
function backend() {
  if (extra.length > 0) return { passed: 0, failed: 0, skipped: 0 }
  const file = join(results, 'backend.tap')
  const reporters = ['spec', 'tap'].flatMap((name) => [
    `--test-reporter=${name}`,
    `--test-reporter-destination=${name === 'tap' ? file : 'stdout'}`,
  ])
  const args = ['--test', '--test-concurrency=1', ...reporters, 'test/*.test.ts']
  const ok = run(process.execPath, args, { cwd: 'backend' })
  return counted(ok, file, (text) => {
    const number = (word) => Number(text.match(new RegExp(`^# ${word} (\\d+)$`, 'm'))?.[1] ?? 0)
    return {
      passed: number('pass'),
      failed: number('fail') + number('cancelled'),
      skipped: number('skipped') + number('todo'),
    }
  })
}

function notThere(config) {
  console.log(`test: ${config} is not there`)
  return { passed: 0, failed: 0, skipped: 1 }
}

/** The production build, once for all parts: the engine tests start the real process too. */
function haveBuild() {
  isBuilt ||= run('npm', ['run', '--silent', 'build'])
  return isBuilt
}

function haveEngine() {
  return run('bin/engine', ['--fixtures'])
}

/** Any Chromium will do; where there is none, the distribution's or Playwright's own is installed. */
function haveBrowser() {
  const known = ['chromium', 'chromium-browser', 'google-chrome']
  const find = () =>
    (process.env.PATH ?? '')
      .split(':')
      .flatMap((folder) => known.map((name) => join(folder, name)))
      .find((path) => existsSync(path))
  process.env.CHROMIUM_PATH ??= find() ?? ''
  if (process.env.CHROMIUM_PATH) return true
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    console.log('test: installing chromium')
    const quiet = ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=300']
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', [...quiet, 'update'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
    run('apt-get', [...quiet, 'install', '--no-install-recommends', 'chromium', 'fonts-noto-core'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    process.env.CHROMIUM_PATH = find() ?? ''
    if (process.env.CHROMIUM_PATH) return true
  }
  delete process.env.CHROMIUM_PATH
  return run(bin('playwright'), ['install', 'chromium'])
}

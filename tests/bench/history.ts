import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { LineBatch } from '#lib/logs/line-batch'
import { everyLine } from '#lib/logs/search/query'
import { ThreadStore } from '#server/history/thread-store'
import type { HistoryStore, RecordedContainer } from '#server/history/store'

const containerCount = 20
const batchLines = 500
const pattern = 'GET /api/items/\\d*77 HTTP.* 500 '

/** What one way of keeping logs costs. */
export interface HistoryFigures {
  layout: 'chunks' | 'rows' | 'rows and full text'
  writeLinesPerSecond: number
  /** Files of the database after a checkpoint. */
  bytesPerLine: number
  /** A regular expression over all lines of all containers. */
  firstHitMs: number
  allHitsMs: number
  hitCount: number
}

/**
 * Writes `lineCount` access-log lines of 20 containers as the recorder does and looks for a regular expression in all of
 * them: as the archive keeps lines, and as one row a line, with and without a full-text index.
 */
export async function benchHistory(lineCount = 1_000_000): Promise<HistoryFigures[]> {
  const folder = mkdtempSync(join(tmpdir(), 'composure-bench-history-'))
  try {
    return [
      await measureChunks(join(folder, 'chunks.db'), lineCount),
      measureRows(join(folder, 'rows.db'), lineCount, false),
      measureRows(join(folder, 'text.db'), lineCount, true),
    ]
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureChunks(file: string, lineCount: number): Promise<HistoryFigures> {
  const store = new ThreadStore(
    { kind: 'sqlite', file },
    {
      limits: { maxBytes: 1e12, maxServiceBytes: 1e12, maxAgeDays: 1e5 },
      projectsOff: [],
      isOutsideRecorded: true,
    },
  )
  await store.settings()
  const writeMs = await write(store, lineCount)
  await store.close()
  checkpoint(file)
  const search = await scan(file, store)
  return { layout: 'chunks', ...rates(lineCount, writeMs, file), ...search }
}

/** Milliseconds of the writes alone. */
async function write(store: HistoryStore, lineCount: number): Promise<number> {
  let writeMs = 0
  const last = new Map<string, ReturnType<LineBatch['cursorOf']>>()
  for (let from = 0; from < lineCount; from += batchLines * containerCount) {
    const appends = containers().flatMap((container, index) => {
      const first = from + index * batchLines
      if (first >= lineCount) return []
      const lines = batchOf(first, Math.min(batchLines, lineCount - first))
      const after = last.get(container.containerId) ?? null
      last.set(container.containerId, lines.cursorOf(lines.count - 1))
      const mark = { startedAtMs: null, endedStartMs: null, isRemoved: false }
      return [{ container, entries: [{ lines }], mark, after }]
    })
    const began = performance.now()
    await store.append(appends)
    writeMs += performance.now() - began
  }
  return writeMs
}

async function scan(
  file: string,
  { kind }: HistoryStore,
): Promise<Pick<HistoryFigures, 'firstHitMs' | 'allHitsMs' | 'hitCount'>> {
  if (kind !== 'sqlite') throw new Error('measured on SQLite')
  const store = new ThreadStore(
    { kind, file },
    (await import('#server/history/history')).standardSettings(noLimits),
  )
  await store.settings()
  const began = performance.now()
  let firstHitMs = Number.NaN
  let hitCount = 0
  const request = {
    targets: [{ project: 'bench' }],
    query: { ...everyLine, text: pattern, isRegex: true },
    order: 'newest',
    maxHits: 10_000,
  } as const
  for await (const hits of store.scan(request, new AbortController().signal)) {
    if (hits.lines.count > 0 && Number.isNaN(firstHitMs)) firstHitMs = performance.now() - began
    hitCount = hits.hitCount
  }
  const allHitsMs = performance.now() - began
  await store.close()
  return { firstHitMs, allHitsMs, hitCount }
}

const noLimits = { databaseUrl: '', isOn: true, maxBytes: 1e12, maxServiceBytes: 1e12, maxAgeDays: 1e5 }

function measureRows(file: string, lineCount: number, hasText: boolean): HistoryFigures {
  const database = new DatabaseSync(file)
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    CREATE TABLE line (source INTEGER, seconds INTEGER, nanos INTEGER, flags INTEGER, ordinal INTEGER, text TEXT,
      PRIMARY KEY (source, seconds, nanos, flags, ordinal)) WITHOUT ROWID`)
  if (hasText) database.exec("CREATE VIRTUAL TABLE word USING fts5 (text, content = '')")
  const addLine = database.prepare('INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)')
  const addWords = hasText ? database.prepare('INSERT INTO word (rowid, text) VALUES (?, ?)') : null
  let writeMs = 0
  const atOnce = batchLines * containerCount
  for (let from = 0; from < lineCount; from += atOnce) {
    const texts = Array.from({ length: Math.min(atOnce, lineCount - from) }, (_, i) => lineOf(from + i))
    const began = performance.now()
    database.exec('BEGIN')
    for (const [index, text] of texts.entries()) {
      const i = from + index
      addLine.run(Math.floor(i / batchLines) % containerCount, secondsOf(i), nanosOf(i), 0, 0, text)
      addWords?.run(i + 1, text)
    }
    database.exec('COMMIT')
    writeMs += performance.now() - began
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  const found = scanRows(database)
  database.close()
  return { layout: hasText ? 'rows and full text' : 'rows', ...rates(lineCount, writeMs, file), ...found }
}

/** A full-text index knows words, not expressions: the rows are looked through either way. */
function scanRows(database: DatabaseSync): Pick<HistoryFigures, 'firstHitMs' | 'allHitsMs' | 'hitCount'> {
  const expression = new RegExp(pattern, 'iu')
  const began = performance.now()
  let firstHitMs = Number.NaN
  let hitCount = 0
  for (const row of database.prepare('SELECT text FROM line').iterate()) {
    if (!expression.test(String(row.text))) continue
    if (hitCount === 0) firstHitMs = performance.now() - began
    hitCount += 1
  }
  return { firstHitMs, allHitsMs: performance.now() - began, hitCount }
}

function rates(
  lineCount: number,
  writeMs: number,
  file: string,
): Pick<HistoryFigures, 'writeLinesPerSecond' | 'bytesPerLine'> {
  return {
    writeLinesPerSecond: Math.round((lineCount / writeMs) * 1000),
    bytesPerLine: statSync(file).size / lineCount,
  }
}

function checkpoint(file: string): void {
  const database = new DatabaseSync(file)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

function containers(): RecordedContainer[] {
  return Array.from({ length: containerCount }, (_, index) => ({
    containerId: index.toString(16).padStart(64, '0'),
    name: `bench-web-${index}`,
    project: 'bench',
    service: `web${index}`,
    number: 1,
    isOneOff: false,
    createdAtMs: 1,
  }))
}

const encoder = new TextEncoder()
const startSeconds = 1_763_942_400
const secondsOf = (i: number): number => startSeconds + Math.floor(i / 2_000)
const nanosOf = (i: number): number => (i % 2_000) * 500_000 + (random(i, 9) % 400_000)

function batchOf(from: number, count: number): LineBatch {
  const batch = new LineBatch(count * 130)
  for (let i = from; i < from + count; i += 1) {
    const bytes = encoder.encode(lineOf(i))
    const time = { seconds: secondsOf(i), nanos: nanosOf(i) }
    batch.line({ flags: 0, ...time, ordinal: 0, droppedBytes: 0 }, bytes, 0, bytes.length)
  }
  return batch
}

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0',
  'curl/8.5.0',
  'kube-probe/1.31',
]
const paths = ['/', '/health', '/api/items', '/api/items/', '/assets/app.js', '/api/users/', '/api/session']

/** The same access-log line for the same number, each time. */
function lineOf(i: number): string {
  const pick = (salt: number, count: number): number => random(i, salt) % count
  const client = Math.floor((pick(1, 250) * pick(2, 250)) / 250)
  const path = pick(3, paths.length)
  const id = path === 3 || path === 5 ? pick(4, 1_000) : ''
  const second = Math.floor(i / 2_000) % 60
  return `10.0.${client % 4}.${client} - - [24/Nov/2026:00:${String(Math.floor(i / 120_000) % 60).padStart(2, '0')}:${String(second).padStart(2, '0')} +0000] "GET ${paths[path] ?? ''}${id} HTTP/1.1" ${pick(5, 50) === 0 ? 500 : 200} ${pick(6, 50_000)} "-" "${agents[client % agents.length] ?? ''}" ${i}`
}

/** A number below 2^32 that looks random, from two. */
function random(i: number, salt: number): number {
  let x = Math.imul(i + 1, 2_654_435_761) ^ Math.imul(salt, 1_597_334_677)
  x = Math.imul(x ^ (x >>> 15), 2_246_822_519)
  x = Math.imul(x ^ (x >>> 13), 3_266_489_917)
  return (x ^ (x >>> 16)) >>> 0
}

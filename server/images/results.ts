import 'server-only'
import { CodedError } from '#lib/api/errors'
import type { ImageAnalysis, ImageComparison } from '#lib/images/analysis'
import { processWide } from '#server/process-wide'
import { database } from '#server/store/database'

const keptResults = 200

function table(): ReturnType<typeof database> {
  return processWide('images.results', () => {
    const store = database()
    store.exec(`CREATE TABLE IF NOT EXISTS image_results (
      key TEXT PRIMARY KEY, made_at INTEGER NOT NULL, result TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`)
    return store
  })
}

/** What is in an image never changes, so neither does what was found out about it. Throws `not_found` before the first time. */
export function readAnalysis(imageId: string): ImageAnalysis {
  return read(imageId) as ImageAnalysis
}

export function readComparison(fromId: string, toId: string): ImageComparison {
  return read(`${fromId} ${toId}`) as ImageComparison
}

export function keepAnalysis(analysis: ImageAnalysis): void {
  keep(analysis.imageId, analysis)
}

export function keepComparison(comparison: ImageComparison): void {
  keep(`${comparison.fromId} ${comparison.toId}`, comparison)
}

function read(key: string): unknown {
  const row = table().prepare('SELECT result FROM image_results WHERE key = ?').get(key)
  if (!row)
    throw new CodedError('not_found', 'This has not been looked into yet.', { hint: 'Start it first.' })
  return JSON.parse(String(row.result))
}

function keep(key: string, result: unknown): void {
  const store = table()
  store
    .prepare('INSERT OR REPLACE INTO image_results (key, made_at, result) VALUES (?, ?, ?)')
    .run(key, Date.now(), JSON.stringify(result))
  store
    .prepare(
      'DELETE FROM image_results WHERE key IN (SELECT key FROM image_results ORDER BY made_at DESC LIMIT -1 OFFSET ?)',
    )
    .run(keptResults)
}

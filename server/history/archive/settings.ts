import 'server-only'
import type { HistorySettings } from '#lib/api/history'
import type { Sql } from '../sql.ts'

/** What was set in the page; `standard` (the environment's) until then. */
export async function readSettings(sql: Sql, standard: HistorySettings): Promise<HistorySettings> {
  const [row] = await sql.all<{ value: string }>("SELECT value FROM setting WHERE name = 'recording'")
  // Only `writeSettings` writes it; a setting that came with a newer version has its standard.
  return row ? { ...standard, ...(JSON.parse(row.value) as Partial<HistorySettings>) } : standard
}

export async function writeSettings(sql: Sql, settings: HistorySettings): Promise<void> {
  await sql.run(
    "INSERT INTO setting (name, value) VALUES ('recording', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    [JSON.stringify(settings)],
  )
}

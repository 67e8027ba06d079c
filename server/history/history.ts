import 'server-only'
import { join } from 'node:path'
import type { HistorySettings } from '#lib/api/history'
import { currentEnv, type HistoryEnv } from '#server/env'
import { processWide } from '#server/process-wide'
import type { HistoryStore } from './store.ts'
import { ThreadStore } from './thread-store.ts'

/** The log archive of this process: `history.db` in the data directory, or the Postgres of COMPOSURE_DATABASE_URL. Opened at the first use. */
export function history(): HistoryStore {
  return processWide('history', () => {
    const { dataDir, history: settings } = currentEnv()
    const { databaseUrl } = settings
    return new ThreadStore(
      databaseUrl === ''
        ? { kind: 'sqlite', file: join(/* turbopackIgnore: true */ dataDir, 'history.db') }
        : { kind: 'postgres', url: databaseUrl },
      standardSettings(settings),
    )
  })
}

/** What holds until somebody sets something in the page. */
export function standardSettings({ maxBytes, maxServiceBytes, maxAgeDays }: HistoryEnv): HistorySettings {
  return { limits: { maxBytes, maxServiceBytes, maxAgeDays }, projectsOff: [], isOutsideRecorded: true }
}

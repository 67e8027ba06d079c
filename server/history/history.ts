import 'server-only'
import type { HistorySettings } from '#lib/api/history'
import { currentEnv, type HistoryEnv } from '#server/env'
import { processWide } from '#server/process-wide'
import { feeds } from '#server/logs/follow/live-feeds'
import { onShutdown } from '#server/shutdown'
import { archivePlace } from './place.ts'
import { Recorder } from './recorder.ts'
import type { HistoryStore } from './store.ts'
import { ThreadStore } from './thread-store.ts'

/** The log archive of this process: `history.db` in the data directory, or the Postgres of COMPOSURE_DATABASE_URL. Opened at the first use. */
export function history(): HistoryStore {
  return processWide('history', () => {
    return new ThreadStore(archivePlace(), standardSettings(currentEnv().history))
  })
}

/** The recorder of this process; `startRecording` starts it. */
export function recorder(): Recorder {
  return processWide('history.recorder', () => new Recorder(history(), feeds()))
}

/** Begins to record unless COMPOSURE_HISTORY is off. Whatever happens to the archive, the dashboard goes on. */
export function startRecording(): void {
  if (!currentEnv().history.isOn) return
  const running = recorder()
  running.start()
  onShutdown('log archive', async () => {
    await running.stop()
    await history().close()
  })
}

/** What holds until somebody sets something in the page. */
export function standardSettings({ maxBytes, maxServiceBytes, maxAgeDays }: HistoryEnv): HistorySettings {
  return { limits: { maxBytes, maxServiceBytes, maxAgeDays }, projectsOff: [], isOutsideRecorded: true }
}

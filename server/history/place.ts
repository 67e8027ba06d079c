import 'server-only'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { currentEnv } from '#server/env'
import type { SqlPlace } from './sql.ts'

/** Where the log archive of this process is. */
export function archivePlace(): SqlPlace {
  const { dataDir, history } = currentEnv()
  return history.databaseUrl === ''
    ? { kind: 'sqlite', file: join(/* turbopackIgnore: true */ dataDir, 'history.db') }
    : { kind: 'postgres', url: history.databaseUrl }
}

/** The same for who only reads; null while there is nothing to read: recording is off and never was on. */
export function historyPlace(): SqlPlace | null {
  const place = archivePlace()
  if (place.kind === 'sqlite') return existsSync(/* turbopackIgnore: true */ place.file) ? place : null
  return currentEnv().history.isOn ? place : null
}

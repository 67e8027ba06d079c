import 'server-only'
import { statfsSync } from 'node:fs'
import type { Health } from '#lib/api/health'
import { snapshot } from '#server/engine/model/live-model'
import { currentEnv } from '#server/env'
import { recorder } from '#server/history/history'
import { database } from '#server/store/database'

/**
 * How the parts are that Composure cannot do without: no versions, no names, for anybody may ask. Not being ready is no reason
 * to restart it: it heals by itself once the Engine or the disk is back.
 */
export function readHealth(): Health {
  const engine = snapshot().engine.state === 'connected' ? 'ok' : 'away'
  const store = isStoreWritable() ? 'ok' : 'failing'
  const recording = recorder().state.state
  return { isReady: engine === 'ok' && store === 'ok', engine, store, recording }
}

/** A row of the audit takes a few pages of the database and of its log. */
const rowBytes = 65_536

/** Sessions and the audit live there: without it nothing may be changed. */
function isStoreWritable(): boolean {
  try {
    // Takes the lock of a writer and gives it back; writes nothing, so a full disk has to be looked for.
    database().exec('BEGIN IMMEDIATE; ROLLBACK')
    const { bavail, bsize } = statfsSync(currentEnv().dataDir)
    return bavail * bsize >= rowBytes
  } catch {
    return false
  }
}

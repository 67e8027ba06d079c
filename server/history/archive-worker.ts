import 'server-only'
import { parentPort, workerData } from 'node:worker_threads'
import { appendAll, probeArchive, readPlace } from './archive/append.ts'
import { readArchive } from './archive/read.ts'
import { countInBuckets, scanArchive } from './archive/scan.ts'
import { readSettings, writeSettings } from './archive/settings.ts'
import { findSources, toHistoryContainer } from './archive/sources.ts'
import { removeFromArchive, trimArchive } from './archive/trim.ts'
import { toHistoryFailure } from './failure.ts'
import type { Calls, FromThread, Streams, ThreadData, ThreadError, ToThread } from './protocol.ts'
import { openSql, type Sql } from './sql.ts'

// One thread of the archive: it has a connection of its own and does one thing after the other.

const { place, access, standard } = workerData as ThreadData
const port = parentPort
if (!port) throw new Error('server/history/archive-worker.ts runs in a worker thread')

let connection: Promise<Sql> | null = null
const streams = new Map<number, AsyncGenerator<unknown>>()
let queue: Promise<void> = Promise.resolve()

/** Opened at the first use, and again after it failed. */
function sql(): Promise<Sql> {
  connection ??= openSql(place, access).catch((error: unknown) => {
    connection = null
    throw error
  })
  return connection
}

const calls: { [Name in keyof Calls]: (args: Calls[Name]['args']) => Promise<Calls[Name]['result']> } = {
  place: async ({ containerId }) => readPlace(await sql(), containerId),
  append: async ({ appends }) => {
    await appendAll(await sql(), appends)
    return null
  },
  probe: async () => {
    await probeArchive(await sql())
    return null
  },
  list: async ({ targets }) => (await findSources(await sql(), targets ?? undefined)).map(toHistoryContainer),
  settings: async () => readSettings(await sql(), standard),
  setSettings: async ({ settings }) => {
    await writeSettings(await sql(), settings)
    return null
  },
  trim: async ({ nowMs, keepIds }) => {
    const { limits } = await readSettings(await sql(), standard)
    return trimArchive(await sql(), limits, nowMs, keepIds)
  },
  remove: async ({ target, keepIds }) => removeFromArchive(await sql(), target, keepIds),
  histogram: async (request) => countInBuckets(await sql(), request),
}

const opens: { [Name in keyof Streams]: (sql: Sql, args: Streams[Name]['args']) => AsyncGenerator<unknown> } =
  {
    read: readArchive,
    scan: scanArchive,
  }

port.on('message', (message: ToThread) => {
  // One at a time: a transaction must not meet another call's statements.
  queue = queue.then(() => answer(message))
})

async function answer(message: ToThread): Promise<void> {
  const { id } = message
  try {
    if (message.kind === 'call') {
      const run = calls[message.name] as (args: unknown) => Promise<unknown>
      say({ id, kind: 'result', value: await run(message.args) })
    } else if (message.kind === 'open') {
      const open = opens[message.name] as (sql: Sql, args: unknown) => AsyncGenerator<unknown>
      streams.set(id, open(await sql(), message.args))
    } else if (message.kind === 'leave') {
      await streams.get(id)?.return(undefined)
      streams.delete(id)
    } else await giveNext(id)
  } catch (error) {
    streams.delete(id)
    say({ id, kind: 'error', error: describe(error) })
  }
}

async function giveNext(id: number): Promise<void> {
  const next = await streams.get(id)?.next()
  if (next && !next.done) {
    say({ id, kind: 'item', value: next.value })
    return
  }
  streams.delete(id)
  say({ id, kind: 'done' })
}

function say(message: FromThread): void {
  port?.postMessage(message)
}

function describe(error: unknown): ThreadError {
  const failure = toHistoryFailure(error)
  return { reason: failure.reason, message: failure.message }
}

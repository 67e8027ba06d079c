import { Client } from 'pg'
import { afterAll, beforeAll, describe } from 'vitest'
import { ThreadStore } from '#server/history/thread-store'
import { contractSettings, historyContract } from '../fixtures/history-contract.ts'
import { type PostgresServer, startPostgres } from '../fixtures/postgres.ts'

describe('the log archive in Postgres', () => {
  let server: PostgresServer

  beforeAll(async () => {
    server = await startPostgres()
  }, 60_000)
  afterAll(() => server.remove())

  const reopen = (): Promise<ThreadStore> =>
    Promise.resolve(new ThreadStore({ kind: 'postgres', url: server.url }, contractSettings))
  historyContract(async () => {
    const client = new Client({ connectionString: server.url })
    await client.connect()
    await client.query('DROP SCHEMA IF EXISTS composure_history CASCADE')
    await client.end()
    return reopen()
  }, reopen)
})

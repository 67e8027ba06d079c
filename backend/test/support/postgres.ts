import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import pg from 'pg'
import { dockerServer, hasDockerImage } from './docker-server.ts'
import { localServer } from './local-server.ts'
import { until } from './until.ts'

/** A real server on a port of its own, which a test may stop, start, freeze and thaw; data survive that. */
export type Server = {
  start(): Promise<void>
  stop(): Promise<void>
  freeze(): Promise<void>
  thaw(): Promise<void>
  remove(): Promise<void>
}

/** Odd on purpose: it must survive the address it is written into, and be easy to find in a log. */
export const password = 's3cret/p@ss:w0rd %?#'

export class Postgres {
  readonly port: number
  readonly #server: Server

  private constructor(port: number, server: Server) {
    this.port = port
    this.#server = server
  }

  /** A server that was initialised and is not running. A container where Docker has the image, Debian's package otherwise. */
  static async create(): Promise<Postgres> {
    const port = await freePort()
    const options = { name: `backend-test-${randomBytes(4).toString('hex')}`, port, password }
    return new Postgres(
      port,
      (await hasDockerImage()) ? await dockerServer(options) : await localServer(options),
    )
  }

  /** A server that answers. */
  static async createRunning(): Promise<Postgres> {
    const postgres = await Postgres.create()
    await postgres.start()
    return postgres
  }

  url(database: string, as: string = password): string {
    return `postgresql://postgres:${encodeURIComponent(as)}@127.0.0.1:${this.port}/${database}`
  }

  /** An empty database and its address. */
  async createDatabase(): Promise<string> {
    const name = `test_${randomBytes(4).toString('hex')}`
    await this.query('postgres', `create database ${name}`)
    return this.url(name)
  }

  /** Rows of one statement on a connection of its own; database is a name or an address. */
  async query(database: string, sql: string): Promise<Record<string, unknown>[]> {
    const client = await this.connect(database)
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  async connect(database: string): Promise<pg.Client> {
    const connectionString = database.includes('://') ? database : this.url(database)
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 2000 })
    client.on('error', () => {})
    await client.connect()
    return client
  }

  async start(): Promise<void> {
    await this.#server.start()
    await until('PostgreSQL answers', () =>
      this.query('postgres', 'select 1').then(
        () => true,
        () => false,
      ),
    )
  }

  stop(): Promise<void> {
    return this.#server.stop()
  }

  freeze(): Promise<void> {
    return this.#server.freeze()
  }

  thaw(): Promise<void> {
    return this.#server.thaw()
  }

  remove(): Promise<void> {
    return this.#server.remove()
  }
}

/** A port nobody listens on now, the same one after a restart of the server. */
async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  const address = listener.address()
  await new Promise((resolve) => listener.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no TCP port')
  return address.port
}

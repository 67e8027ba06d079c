import type { FastifyInstance } from 'fastify'
import type { Database } from '../database/database.ts'

/** What tells people and machines how this service is. Goes before the other routes, to list them. */
export function addStatusRoutes(app: FastifyInstance, database: Database): void {
  const endpoints: string[] = []
  app.addHook('onRoute', ({ method, url }) => {
    if (method !== 'HEAD') endpoints.push(`${String(method)} ${url}`)
  })

  app.get('/', () => ({ name: 'backend-app', endpoints }))

  // Alive: never asks the database, or an outage there would have this process restarted for nothing.
  app.get('/health', () => ({ status: 'ok' }))

  app.get('/ready', async () => {
    // Not just `select 1`: a database without our tables is reachable and still of no use.
    await database.query('select 1 from schema_migrations limit 1')
    return { status: 'ready' }
  })
}

import { fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import type { Database } from '../database/database.ts'
import { addTaskRoutes } from '../tasks/routes.ts'
import { refuseMalformed, sendError, sendNotFound } from './error-responses.ts'
import { OneLinePerRequest, requestId } from './request-log.ts'
import { addStatusRoutes } from './status-routes.ts'
import { validateStrictly } from './validation.ts'

/** The HTTP side, complete but not listening. */
export function buildApp(database: Database, log: FastifyBaseLogger): FastifyInstance {
  const app = fastify({
    loggerInstance: log,
    logController: new OneLinePerRequest({ requestIdLogLabel: 'requestId' }),
    genReqId: requestId,
    bodyLimit: 64 * 1024,
    requestTimeout: 10_000,
    // What still arrives on open connections while stopping is served, and told to close the connection.
    return503OnClosing: false,
    frameworkErrors: sendError,
    clientErrorHandler: refuseMalformed,
  })

  app.decorateReply('errorCode')
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  // A kept connection would hold the process up after its last answer.
  let closing = false
  app.addHook('preClose', async () => {
    closing = true
  })
  app.addHook('onSend', async (_request, reply) => {
    if (closing) reply.header('connection', 'close')
  })
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(sendError)
  app.setNotFoundHandler(sendNotFound)
  validateStrictly(app)
  addStatusRoutes(app, database)
  addTaskRoutes(app, database)
  return app
}

import 'server-only'
import { Agent, type ClientRequest, type IncomingMessage } from 'node:http'

// Node calls this for each request; its types leave it out.
const { addRequest } = Agent.prototype as unknown as {
  addRequest: (request: ClientRequest, ...rest: unknown[]) => void
}

/**
 * Keeps connections to the Engine as Node does by itself, and tells a call whose answer broke off in the middle: docker-modem waits
 * for its end for ever, and with it the live model.
 */
export class EngineAgent extends Agent {
  constructor() {
    super({ keepAlive: true, scheduling: 'lifo', timeout: 5_000 })
  }

  addRequest(request: ClientRequest, ...rest: unknown[]): void {
    tellCutAnswers(request)
    addRequest.call(this, request, ...rest)
  }
}

function tellCutAnswers(request: ClientRequest): void {
  let isLate = false
  request.once('timeout', () => {
    isLate = true
  })
  request.once('response', (answer: IncomingMessage) =>
    answer.once('close', () => {
      if (answer.complete) return
      const words = isLate ? 'socket hang up' : 'the answer broke off'
      request.emit('error', Object.assign(new Error(words), { code: 'ECONNRESET' }))
    }),
  )
}

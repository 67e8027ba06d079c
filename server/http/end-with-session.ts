import 'server-only'
import { registerOpenStream } from '#server/auth/open-streams'
import type { Session } from '#server/auth/policy'

/** A stream that says good-bye itself gets this long for it before it is cut. */
const farewellMs = 300

/** The same answer, whose body ends with the session that asked for it: signing out, a change of role, a revoked token, shutdown. */
export function endWithSession(response: Response, { sessionHash }: Pick<Session, 'sessionHash'>): Response {
  if (!response.body) return response
  const reader = response.body.getReader()
  let forget = (): void => undefined
  let isOver = false
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        const cut = (): void => {
          if (isOver) return
          isOver = true
          void reader.cancel().catch(() => undefined)
          controller.close()
        }
        forget = registerOpenStream({ sessionHash, close: () => setTimeout(cut, farewellMs) })
      },
      pull: async (controller) => {
        const next = await reader.read().catch((error: unknown) => {
          isOver = true
          forget()
          throw error
        })
        if (isOver) return
        if (!next.done) {
          controller.enqueue(next.value)
          return
        }
        isOver = true
        forget()
        controller.close()
      },
      cancel: async (reason) => {
        isOver = true
        forget()
        await reader.cancel(reason)
      },
    },
    // The queue that counts is the inner one.
    { highWaterMark: 0 },
  )
  return new Response(body, { status: response.status, headers: response.headers })
}

import 'server-only'
import type Docker from 'dockerode'
import { callEngine } from '../client/client.ts'

const pruneDeadlineMs = 600_000

/** Removes every cached build step that no build uses now; bytes freed. Source: `POST /build/prune?all=1`. */
export async function pruneBuildCache(): Promise<number> {
  const { SpaceReclaimed } = await callEngine(prune, { deadlineMs: pruneDeadlineMs })
  return SpaceReclaimed ?? 0
}

/** dockerode's own `pruneBuilder()` drops its options. */
function prune(docker: Docker): Promise<{ SpaceReclaimed?: number }> {
  return new Promise((resolve, reject) => {
    const options = {
      // docker-modem cuts the last character of a path with a query.
      path: '/build/prune?all=1&',
      method: 'POST',
      statusCodes: { 200: true, 500: 'server error' },
    }
    // The modem is untyped; the answer is the Engine's JSON.
    docker.modem.dial(options, (error: unknown, answer: unknown) =>
      error ? reject(error) : resolve(answer as { SpaceReclaimed?: number }),
    )
  })
}

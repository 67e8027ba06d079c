import { cleanupRequest } from '#lib/docker/cleanup/cleanup-request'
import { readCleanup, startCleanup } from '#server/cleanup/cleanup'
import { handle, readBody } from '#server/http/handle'

export const GET = handle({ role: 'viewer' }, readCleanup)

export const POST = handle({ role: 'operator', action: 'engine.cleanup' }, async ({ request, session }) =>
  startCleanup(await readBody(request, cleanupRequest, 1_000_000), session.userName),
)

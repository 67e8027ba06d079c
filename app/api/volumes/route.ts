import { createVolumeRequest } from '#lib/docker/volumes/volume-request'
import { reachableSnapshot } from '#server/auth/reach'
import { createVolume } from '#server/engine/volumes/volume-actions'
import { listVolumes } from '#server/engine/volumes/volumes'
import { handle, readBody } from '#server/http/handle'

export const GET = handle({ role: 'viewer', reach: 'filtered' }, async ({ session }) =>
  session.projects === null ? listVolumes() : (await reachableSnapshot(session)).volumes,
)

export const POST = handle({ role: 'operator', action: 'volume.create' }, async ({ request }) =>
  Response.json(await createVolume(await readBody(request, createVolumeRequest)), { status: 201 }),
)

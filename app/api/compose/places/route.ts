import { mayReachProject } from '#server/auth/reach'
import { placeRequest } from '#lib/compose/place-request'
import { addPlace } from '#server/compose/files/folder'
import { rememberedPlaces } from '#server/compose/files/places'
import { handle, readBody } from '#server/http/handle'

export const GET = handle({ role: 'viewer', reach: 'filtered' }, async ({ session }) =>
  rememberedPlaces().filter(({ project }) => mayReachProject(session, project)),
)

export const POST = handle({ role: 'admin', action: 'project.add' }, async ({ request, session, audit }) => {
  const place = await readBody(request, placeRequest)
  audit.target({ id: place.project, name: place.project })
  audit.params({ folder: place.workingDir, files: place.configFiles })
  return addPlace(place, session.userName)
})

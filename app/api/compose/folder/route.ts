import { folderQuery } from '#lib/compose/place-request'
import { readFolder } from '#server/compose/files/folder'
import { handle, readQuery } from '#server/http/handle'

// For admins: it tells which folders of the machine there are.
export const GET = handle({ role: 'admin' }, ({ request }) =>
  readFolder(readQuery(request, folderQuery).path),
)

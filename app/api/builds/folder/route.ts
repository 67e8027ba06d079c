import { buildFolderQuery } from '#lib/builds/folder-build-request'
import { readBuildFolder } from '#server/builds/build-folder'
import { handle, readQuery } from '#server/http/handle'

// For admins: it tells which folders of the machine there are.
export const GET = handle({ role: 'admin' }, ({ request }) => {
  const { path, dockerfile } = readQuery(request, buildFolderQuery)
  return readBuildFolder(path, dockerfile)
})

import { pathRequest } from '#lib/files/file-request'
import { containerId } from '#server/engine/containers/container-id'
import { inContainer } from '#server/files/place'
import { readFileText } from '#server/files/read-file'
import { handle, readBody } from '#server/http/handle'

/** A POST, for files hold secrets: it is written down like every reveal. */
export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'container.read_file', reach: 'container', isReadOnlySafe: true },
  async ({ params, request, audit }) => {
    const { path } = await readBody(request, pathRequest)
    audit.params({ path })
    return readFileText(inContainer(await containerId(params.id)), path)
  },
)

import { saveFileRequest } from '#lib/compose/project-model'
import { saveFile } from '#server/compose/source/edit'
import { handle, readBody } from '#server/http/handle'

export const PUT = handle<{ project: string }>(
  { role: 'admin', action: 'compose.edit' },
  async ({ request, params, session, audit }) => {
    const wanted = await readBody(request, saveFileRequest, 600_000)
    audit.params({ project: params.project, path: wanted.path })
    return saveFile(params.project, wanted, session.userName)
  },
)

import { revealFileRequest } from '#lib/compose/project-model'
import { revealFile } from '#server/compose/source/edit'
import { handle, readBody } from '#server/http/handle'

export const POST = handle<{ project: string }>(
  { role: 'admin', action: 'compose.reveal' },
  async ({ request, params, audit }) => {
    const wanted = await readBody(request, revealFileRequest)
    audit.params({ project: params.project, ...wanted })
    return revealFile(params.project, wanted)
  },
)

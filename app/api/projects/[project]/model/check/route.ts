import { checkFileRequest } from '#lib/compose/project-model'
import { checkFile } from '#server/compose/source/edit'
import { handle, readBody } from '#server/http/handle'

export const POST = handle<{ project: string }>(
  { role: 'admin', unaudited: 'asks Compose about a text and changes nothing' },
  async ({ request, params }) => ({
    problem: await checkFile(params.project, await readBody(request, checkFileRequest, 600_000)),
  }),
)

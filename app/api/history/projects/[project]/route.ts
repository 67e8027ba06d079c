import { historyProjectRequest } from '#lib/api/history-request'
import { deleteHistory, setProjectRecorded } from '#server/history/change'
import { handle, readBody } from '#server/http/handle'

interface Params {
  project: string
}

export const PUT = handle<Params>(
  { role: 'operator', action: 'history.switch', reach: 'project' },
  async ({ request, params, audit }) => {
    const asked = await readBody(request, historyProjectRequest)
    audit.params(asked)
    return setProjectRecorded(params.project, asked.isRecorded)
  },
)

export const DELETE = handle<Params>(
  { role: 'operator', action: 'history.delete', reach: 'project' },
  async ({ request, params, audit }) => {
    const service = new URL(request.url).searchParams.get('service')
    if (service !== null) audit.params({ service })
    return deleteHistory({ project: params.project, ...(service === null ? {} : { service }) })
  },
)

import { history } from '#server/history/history'
import { handle } from '#server/http/handle'

export const GET = handle({ role: 'viewer' }, ({ request }) => {
  const project = new URL(request.url).searchParams.get('project')
  return history().list(project === null ? undefined : [{ project }])
})

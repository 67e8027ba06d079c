import { historySettingsRequest } from '#lib/api/history-request'
import { setHistory } from '#server/history/change'
import { handle, readBody } from '#server/http/handle'

export const PUT = handle({ role: 'operator', action: 'history.set' }, async ({ request, audit }) => {
  const asked = await readBody(request, historySettingsRequest)
  audit.params(asked)
  return setHistory(asked)
})

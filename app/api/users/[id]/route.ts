import { changeUserRequest } from '#lib/api/people-request'
import { changePerson, deletePerson, readPerson } from '#server/auth/people/people'
import { handle, readBody } from '#server/http/handle'
import { readNumber } from '#server/http/path-params'

type Params = { id: string }

export const PUT = handle<Params>(
  { role: 'admin', action: 'user.change', isForPeople: true, isReadOnlySafe: true },
  async ({ request, params, audit }) => {
    const id = readNumber(params.id)
    audit.target({ id: params.id, name: readPerson(id).name })
    const wanted = await readBody(request, changeUserRequest)
    audit.params({ ...wanted })
    return changePerson(id, wanted)
  },
)

export const DELETE = handle<Params>(
  { role: 'admin', action: 'user.delete', isForPeople: true, isReadOnlySafe: true },
  async ({ params, audit }) => {
    const id = readNumber(params.id)
    audit.target({ id: params.id, name: readPerson(id).name })
    deletePerson(id)
  },
)

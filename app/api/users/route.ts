import { createUserRequest } from '#lib/api/people-request'
import { createPerson, listPeople } from '#server/auth/people/people'
import { handle, readBody } from '#server/http/handle'

export const dynamic = 'force-dynamic'

export const GET = handle({ role: 'admin', isForPeople: true }, async () => listPeople())

export const POST = handle(
  { role: 'admin', action: 'user.create', isForPeople: true, isReadOnlySafe: true },
  async ({ request, audit }) => {
    const wanted = await readBody(request, createUserRequest)
    audit.params({ role: wanted.role, projects: wanted.projects })
    const made = await createPerson(wanted)
    audit.target({ id: String(made.person.id), name: made.person.name })
    return Response.json(made, { status: 201, headers: { 'cache-control': 'no-store' } })
  },
)

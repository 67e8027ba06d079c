import { saveRegistryRequest } from '#lib/docker/images/registry-request'
import { handle, readBody } from '#server/http/handle'
import { listRegistries, saveRegistry } from '#server/registries/registries'

export const dynamic = 'force-dynamic'

export const GET = handle({ role: 'operator' }, async () => listRegistries())

export const POST = handle(
  { role: 'admin', action: 'registry.save' },
  async ({ request, session, audit }) => {
    const wanted = await readBody(request, saveRegistryRequest)
    audit.params({ host: wanted.host, userName: wanted.userName })
    const entry = await saveRegistry(wanted, session.userName)
    audit.target({ id: entry.host, name: entry.host })
    return entry
  },
)

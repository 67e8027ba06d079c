import { handle } from '#server/http/handle'
import { forgetRegistry } from '#server/registries/registries'

export const DELETE = handle<{ host: string }>(
  { role: 'admin', action: 'registry.forget' },
  async ({ params }) => forgetRegistry(params.host),
)

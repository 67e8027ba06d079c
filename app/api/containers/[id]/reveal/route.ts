import { z } from 'zod'
import { revealValue } from '#server/engine/containers/container-detail'
import { containerId } from '#server/engine/containers/container-id'
import { handle, readBody } from '#server/http/handle'

const wish = z.strictObject({ kind: z.enum(['variable', 'label']), name: z.string().min(1).max(1024) })

export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'container.reveal', reach: 'container', isReadOnlySafe: true },
  async ({ params, request, audit }) => {
    const { kind, name } = await readBody(request, wish)
    audit.params({ kind, name })
    return { value: await revealValue(await containerId(params.id), { kind, name }) }
  },
)

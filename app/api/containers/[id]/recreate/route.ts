import { recreateRequest } from '#lib/run/container-copy'
import { containerId } from '#server/engine/containers/container-id'
import { handle, readBody } from '#server/http/handle'
import { recreateContainer } from '#server/run/recreate-container'
import { requireRunnable } from '#server/run/run-container'

const maxSpecBytes = 524_288

/** Answers with the new container; the old one is gone only when it runs. */
export const POST = handle<{ id: string }>(
  { role: 'operator', action: 'container.recreate' },
  async ({ params, request, session, audit }) => {
    const { spec } = await readBody(request, recreateRequest, maxSpecBytes)
    audit.params({ image: spec.image, name: spec.name })
    requireRunnable(spec, session)
    return recreateContainer(await containerId(params.id), spec)
  },
)

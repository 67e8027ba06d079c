import 'server-only'
import type { EnginePatch, EngineSnapshot } from '#lib/docker/engine'
import { differences } from '#lib/docker/containers/limit'
import type { Session } from '#server/auth/policy'
import { reachable } from '#server/auth/reach'
import { snapshot, watchState } from '#server/engine/model/live-model'

/** The live model for somebody limited to projects: a snapshot of theirs, then what changes in it, also what comes into and out of their sight. */
export async function* watchLimitedState(
  session: Pick<Session, 'projects'>,
  options: { signal: AbortSignal },
): AsyncGenerator<EngineSnapshot | EnginePatch> {
  let sent: EngineSnapshot | null = null
  for await (const _ of watchState(options)) {
    const now = reachable(session, snapshot())
    const message = sent === null ? now : differences(sent, now)
    if (message === null) continue
    sent = now
    yield message
  }
}

import 'server-only'
import { z } from 'zod'
import { CodedError } from '#lib/api/errors'
import type { TopicName } from '#lib/api/live'
import { jobParams } from '#lib/jobs/job-request'
import { mayReachContainer, mayReachProject } from '#server/auth/reach'
import { watchStatus } from '#server/compose/preview/watch'
import { followStats } from '#server/engine/containers/stats'
import { followJob, followJobs } from '#server/jobs/follow'
import { logsTopic } from '#server/logs/stream/topic'
import { watchEncodedState } from './encoded-state.ts'
import { watchLimitedState } from './limited-state.ts'
import { type OpenTopic, type Topic, defineTopic } from './topic.ts'

/** Every topic of the live stream. A new one is a line here and a name in lib/api/live.ts. */
const topics: Partial<Record<TopicName, Topic>> = {
  state: defineTopic(z.unknown(), (_, { signal, session }) =>
    session.projects === null ? watchEncodedState({ signal }) : watchLimitedState(session, { signal }),
  ),
  stats: defineTopic(
    z.strictObject({ containerIds: z.array(z.string().regex(/^[a-f0-9]{64}$/)).max(200) }),
    ({ containerIds }, { signal, session }) =>
      followStats(
        containerIds.filter((id) => mayReachContainer(session, id)),
        { signal },
      ),
  ),
  logs: logsTopic,
  compose: defineTopic(
    z.strictObject({ project: z.string().max(255) }),
    ({ project }, { signal, session }) => {
      if (!mayReachProject(session, project)) throw new CodedError('not_found', 'There is no such project.')
      return watchStatus(project, { signal })
    },
  ),
  job: defineTopic(jobParams, followJob),
  jobs: defineTopic(z.unknown(), (_, context) => followJobs(context)),
}

/** Those that look at who asks; the others are not for people limited to projects. */
const limitedTopics: ReadonlySet<TopicName> = new Set(['state', 'stats', 'logs', 'compose', 'job', 'jobs'])

export const openTopic: OpenTopic = (name, params, context) => {
  if (context.session.projects !== null && !limitedTopics.has(name))
    throw new CodedError('out_of_reach', 'This concerns more than the projects you may see.')
  const topic = topics[name]
  if (!topic) throw new CodedError('bad_request', `There is no topic "${name}".`)
  return topic(params, context)
}

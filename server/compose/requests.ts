import 'server-only'
import { CodedError } from '#lib/api/errors'
import { type ComposeAction, composeRequests, type ComposeVerb } from '#lib/compose/request'
import type { Job } from '#lib/jobs/job'
import { type Call, readBody } from '#server/http/handle'
import type { Preview } from '#lib/compose/preview'
import { previewDown, previewUp } from '#server/compose/preview/preview'
import { requireDone } from '#server/jobs/require-done'
import { startCompose } from './actions.ts'

/** Starts an action on the project of the path and answers with its job; the audit's outcome is the job's. */
export async function runComposeAction(call: Call<{ project: string; action: string }>): Promise<Job> {
  const { params, session, audit } = call
  const action = await readAction(call.request, params.action)
  audit.target({ id: params.project, name: params.project })
  const { job, ended } = await startCompose(params.project, action, session.userName)
  const { verb: _, ...options } = action
  audit.params({ job: job.id, ...options })
  audit.until(ended.then(requireDone))
  return job
}

/** What `up` or `down` of the path would do; changes nothing. */
export async function readPreview({
  request,
  params,
}: Call<{ project: string; action: string }>): Promise<Preview> {
  const action = await readAction(request, params.action)
  if (action.verb === 'up') return previewUp(params.project, action)
  if (action.verb === 'down') return previewDown(params.project, action)
  throw new CodedError('not_found', 'Only up and down have a preview.')
}

async function readAction(request: Request, verb: string): Promise<ComposeAction> {
  if (!isVerb(verb)) throw new CodedError('not_found', 'There is no such action.')
  return { verb, ...(await readBody<object>(request, composeRequests[verb])) } as ComposeAction
}

const isVerb = (verb: string): verb is ComposeVerb => Object.hasOwn(composeRequests, verb)

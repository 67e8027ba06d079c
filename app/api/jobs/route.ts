import { jobQuery } from '#lib/jobs/job'
import { handle, readQuery } from '#server/http/handle'
import { listJobs } from '#server/jobs/jobs'

export const GET = handle({ role: 'viewer' }, async ({ request }) => listJobs(readQuery(request, jobQuery)))

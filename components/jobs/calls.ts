import { postJson } from '#lib/api/client'
import { paths } from '#lib/api/paths'
import type { Job } from '#lib/jobs/job'

export const cancelJob = (id: string): Promise<Job> => postJson(paths.jobCancel(id))

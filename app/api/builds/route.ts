import { folderBuildRequest } from '#lib/builds/folder-build-request'
import { startFolderBuild } from '#server/builds/folder-build'
import { listBuilds } from '#server/builds/history'
import { requireDone } from '#server/jobs/require-done'
import { handle, readBody } from '#server/http/handle'

export const GET = handle({ role: 'viewer', reach: 'filtered' }, async ({ session }) =>
  session.projects === null ? listBuilds('') : { builds: [] },
)

// For admins: it reads any folder of the machine.
export const POST = handle({ role: 'admin', action: 'image.build' }, async ({ request, session, audit }) => {
  const build = await readBody(request, folderBuildRequest)
  const { args, ...options } = build
  audit.target({ id: build.name, name: build.name })
  const { job, ended } = await startFolderBuild(build, session.userName)
  audit.params({ job: job.id, ...options, args: args.map(({ name }) => name) })
  audit.until(ended.then(requireDone))
  return job
})

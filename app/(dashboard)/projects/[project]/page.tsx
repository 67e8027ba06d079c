import { ProjectOverview } from '#components/projects/project-overview'
import { requirePageSession } from '#server/auth/page-session'

export default async function ProjectPage({ params }: { params: Promise<{ project: string }> }) {
  await requirePageSession()
  return <ProjectOverview name={decodeURIComponent((await params).project)} />
}

import type { Metadata } from 'next'
import { ProjectsOverview } from '#components/projects/projects-overview'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Projects' }

export default async function HomePage() {
  await requirePageSession()
  return <ProjectsOverview />
}

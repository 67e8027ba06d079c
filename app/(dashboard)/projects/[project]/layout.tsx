import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ProjectFrame } from '#components/projects/project-frame'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: decodeURIComponent((await params).project) }
}

export default async function ProjectLayout({ params, children }: Props & { children: ReactNode }) {
  return <ProjectFrame name={decodeURIComponent((await params).project)}>{children}</ProjectFrame>
}

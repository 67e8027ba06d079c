import type { Metadata } from 'next'
import { ModelPage } from '#components/compose/model/model-page'
import { requirePageSession } from '#server/auth/page-session'

interface Props {
  params: Promise<{ project: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${decodeURIComponent((await params).project)} Compose files` }
}

export default async function Page({ params }: Props) {
  await requirePageSession()
  return <ModelPage project={decodeURIComponent((await params).project)} />
}

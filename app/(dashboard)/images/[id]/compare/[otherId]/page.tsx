import type { Metadata } from 'next'
import { ComparisonPage } from '#components/images/analysis/comparison-page'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Compare images' }

export default async function Page({ params }: { params: Promise<{ id: string; otherId: string }> }) {
  await requirePageSession()
  const { id, otherId } = await params
  return <ComparisonPage fromId={id} toId={otherId} />
}

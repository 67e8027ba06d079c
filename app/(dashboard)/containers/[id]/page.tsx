import { ContainerTab } from '#components/inspect/container-tab'
import { requirePageSession } from '#server/auth/page-session'

export default async function ContainerPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageSession()
  return <ContainerTab id={(await params).id} tab="overview" />
}

import { notFound } from 'next/navigation'
import { ContainerTab } from '#components/inspect/container-tab'
import { containerTabs } from '#lib/api/paths'
import { requirePageSession } from '#server/auth/page-session'

export default async function ContainerTabPage({ params }: { params: Promise<{ id: string; tab: string }> }) {
  await requirePageSession()
  const { id, tab } = await params
  const known = containerTabs.find((name) => name === tab)
  // Logs and shell have pages of their own.
  if (!known || known === 'logs' || known === 'shell') notFound()
  return <ContainerTab id={id} tab={known} />
}

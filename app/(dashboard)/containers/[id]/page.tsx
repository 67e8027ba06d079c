import { ContainerTab } from '#components/inspect/container-tab'

export default async function ContainerPage({ params }: { params: Promise<{ id: string }> }) {
  return <ContainerTab id={(await params).id} tab="overview" />
}

import { redirect } from 'next/navigation'
import type { ReactNode } from 'react'
import { ContainerFrame } from '#components/inspect/container-frame'
import { ContainerGone } from '#components/inspect/container-gone'
import { pages } from '#lib/api/paths'
import { isContainerId } from '#lib/docker/containers/container-id'
import { requirePageSession } from '#server/auth/page-session'
import { firstSnapshot } from '#server/engine/model/live-model'

interface Props {
  params: Promise<{ id: string }>
  children: ReactNode
}

export default async function ContainerLayout({ params, children }: Props) {
  await requirePageSession()
  const { id } = await params
  if (isContainerId(id)) return <ContainerFrame id={id}>{children}</ContainerFrame>
  // People type names; links carry ids, which stay right when a container is renamed.
  const { containers } = await firstSnapshot()
  const named = containers.find(({ name }) => name === id)
  if (named) redirect(pages.container(named.id))
  return <ContainerGone id={id} />
}

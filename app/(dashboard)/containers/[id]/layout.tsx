import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { ContainerFrame } from '#components/inspect/container-frame'
import { isContainerId } from '#lib/docker/container-id'

interface Props {
  params: Promise<{ id: string }>
  children: ReactNode
}

export default async function ContainerLayout({ params, children }: Props) {
  const { id } = await params
  if (!isContainerId(id)) notFound()
  return <ContainerFrame id={id}>{children}</ContainerFrame>
}

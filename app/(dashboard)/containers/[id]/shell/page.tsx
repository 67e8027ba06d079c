import type { Metadata } from 'next'
import { ShellTab } from '#components/exec/shell-tab'
import { requirePageSession } from '#server/auth/page-session'

export const metadata: Metadata = { title: 'Shell' }

export default async function ShellPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePageSession()
  const { id } = await params
  return <ShellTab key={id} containerId={id} />
}
